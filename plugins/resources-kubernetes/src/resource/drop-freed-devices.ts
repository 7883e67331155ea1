import type { ResourceClaimStatus } from "../types/resource-v1.js";
import { deviceKey } from "./device-key.js";

/** Takes what is told of devices out of a status once the claim has them no more; upstream's `dropDeallocatedStatusDevices`. */
export function dropFreedDevices(status: ResourceClaimStatus, old: ResourceClaimStatus): void {
  const kept = new Set((status.allocation?.devices.results ?? []).map(deviceKey));
  const held = (old.allocation?.devices.results ?? []).map(deviceKey);
  const freed = new Set(held.filter((key) => !kept.has(key)));
  const left = status.devices?.filter((device) => !freed.has(deviceKey(device))) ?? [];
  if (left.length === 0) delete status.devices;
  else status.devices = left;
}
