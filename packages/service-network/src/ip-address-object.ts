import type { IpAddress, KubeObject } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { ResourceReference } from "@quarterdeck/sdk";
import type { ServiceOwner } from "./service-owner.js";

/** The resource whose objects are the addresses that are taken. */
export const IP_ADDRESSES: ResourceReference = { group: "networking.k8s.io", resource: "ipaddresses" };
/** The resource whose objects are the ranges. */
export const SERVICE_CIDRS: ResourceReference = { group: "networking.k8s.io", resource: "servicecidrs" };

const FAMILY = "ipaddress.kubernetes.io/ip-family";
const MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
const MANAGER = "ipallocator.k8s.io";

/** The object that says that a service has an address. */
export function ipAddressObject(address: IpAddress, { namespace, name }: ServiceOwner): KubeObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IPAddress",
    metadata: { name: String(address), labels: { [FAMILY]: address.family, [MANAGED_BY]: MANAGER } },
    spec: { parentRef: { resource: "services", namespace, name } },
  };
}

/** The service that an IPAddress object is for; undefined when it is for anything else. */
export function ownerOfIp(object: KubeObject): ServiceOwner | undefined {
  const spec: unknown = object.spec;
  const parent = isJsonObject(spec) ? spec.parentRef : undefined;
  if (!isJsonObject(parent) || parent.resource !== "services" || (parent.group ?? "") !== "") return undefined;
  return { namespace: String(parent.namespace ?? ""), name: String(parent.name ?? "") };
}

/** True when the allocation of services made the object, and its labels say of which family it is. */
export function isManagedIp({ metadata }: KubeObject): boolean {
  return metadata.labels?.[MANAGED_BY] === MANAGER;
}
