import type { DeviceRequestAllocationResult } from "../types/resource-v1.js";

/** A device of a pool, or a share of it. */
export type DevicePlace = Pick<DeviceRequestAllocationResult, "driver" | "pool" | "device" | "shareID">;

/** By which a device is told from others. */
export function deviceKey({ driver, pool, device, shareID }: DevicePlace): string {
  return `${driver}/${pool}/${device}${shareID === undefined ? "" : `/${shareID}`}`;
}
