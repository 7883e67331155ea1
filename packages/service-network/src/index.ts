export { AllocationError } from "./allocation-error.js";
export { ApiServerLease } from "./api-server-lease.js";
export { IP_ADDRESSES, isManagedIp, ownerOfIp, SERVICE_CIDRS } from "./ip-address-object.js";
export type { Ledger } from "./ledger.js";
export { INTERNAL_GROUP, NodePortClaim } from "./node-port-claim.js";
export { PortRange } from "./port-range.js";
export { ServiceNetwork } from "./service-network.js";
export { type ServiceOwner, sameOwner } from "./service-owner.js";
