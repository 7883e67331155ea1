import type { DeviceTaint } from "../types/resource-v1.js";

/** Since when a device is tainted, now when nobody says, to the second. */
export function defaultTaint(taint: DeviceTaint): void {
  taint.timeAdded ??= currentSecond();
}

/** Now, as times in objects are written. */
export function currentSecond(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
