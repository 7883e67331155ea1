import type { FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../checks/check-conditions.js";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";
import { checkInterfaceAddress } from "../checks/check-ip.js";
import { checkNodeSelector } from "../checks/check-node-selector.js";
import type {
  AllocatedDeviceStatus,
  AllocationResult,
  DeviceRequestAllocationResult,
  ResourceClaim,
  ResourceClaimStatus,
} from "../types/resource-v1.js";
import { checkBindingConditions } from "./check-binding-conditions.js";
import { checkReferences } from "./check-device-claim.js";
import { checkDeviceName, checkPoolName } from "./check-device-names.js";
import { checkDeviceToleration } from "./check-device-taint.js";
import { checkItems } from "./check-list.js";
import { checkRawObject } from "./check-raw-object.js";
import { checkConfiguration } from "./check-selectors.js";
import { deviceKey } from "./device-key.js";
import { MAX_CONSUMERS, MAX_IPS, MAX_RESULT_CONFIGS, MAX_RESULTS } from "./device-limits.js";
import { checkRequestReference, type RequestNames, requestNames } from "./request-names.js";

const MAX_CONDITIONS = 8;

function checkResult(
  result: DeviceRequestAllocationResult,
  names: RequestNames,
  path: string,
  errors: FieldErrors,
): void {
  checkRequestReference(result.request, names, `${path}.request`, errors);
  checkDeviceName(result.device, `${path}.device`, errors);
  checkBindingConditions(result, path, errors);
  for (const [index, one] of (result.tolerations ?? []).entries())
    checkDeviceToleration(one, `${path}.tolerations[${index}]`, errors);
}

function checkAllocation({ devices, nodeSelector }: AllocationResult, names: RequestNames, errors: FieldErrors): void {
  const path = "status.allocation";
  checkItems(devices.results, MAX_RESULTS, `${path}.devices.results`, (result, at) =>
    checkResult(result, names, at, errors),
  );
  checkItems(devices.config, MAX_RESULT_CONFIGS, `${path}.devices.config`, (config, at) => {
    checkReferences(config.requests, names, `${at}.requests`, errors);
    checkConfiguration(config, at, errors);
  });
  if (nodeSelector !== undefined) checkNodeSelector(nodeSelector, `${path}.nodeSelector`, errors);
}

function checkDevice(
  device: AllocatedDeviceStatus,
  allocated: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  checkCsiDriverName(device.driver, `${path}.driver`, errors);
  checkPoolName(device.pool, `${path}.pool`, errors);
  checkDeviceName(device.device, `${path}.device`, errors);
  // the names that the fields have inside upstream, since it prints them so
  const inside = { Driver: device.driver, Pool: device.pool, Device: device.device, ShareID: device.shareID ?? "" };
  if (!allocated.has(deviceKey(device))) errors.invalid(path, inside, "must be an allocated device in the claim");
  const conditions = device.conditions ?? [];
  if (conditions.length > MAX_CONDITIONS) errors.tooMany(`${path}.conditions`, conditions.length, MAX_CONDITIONS);
  checkConditions(conditions, `${path}.conditions`, errors);
  if (device.data !== undefined && device.data !== null) checkRawObject(device.data, `${path}.data`, errors);
  checkItems(device.networkData?.ips, MAX_IPS, `${path}.networkData.ips`, (ip, at) =>
    checkInterfaceAddress(ip, at, errors),
  );
}

function checkReserved(
  { reservedFor = [], allocation }: ResourceClaimStatus,
  old: ResourceClaimStatus,
  deleted: boolean,
  errors: FieldErrors,
): void {
  if (reservedFor.length === 0) return;
  const path = "status.reservedFor";
  if (allocation === undefined) {
    errors.forbidden(path, "may not be specified when `allocated` is not set");
    return;
  }
  const known = new Set((old.reservedFor ?? []).map((one) => JSON.stringify(one)));
  if (deleted && reservedFor.some((one) => !known.has(JSON.stringify(one))))
    errors.forbidden(path, "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
}

/** Which devices a claim got and who uses them; upstream's `ValidateResourceClaimStatusUpdate`, but for what it declares. `deleted`: nobody may begin to. */
export function checkClaimStatus(
  { status, spec }: Pick<ResourceClaim, "spec" | "status">,
  old: ResourceClaimStatus,
  deleted: boolean,
  errors: FieldErrors,
): void {
  const { reservedFor, allocation, devices } = status;
  checkItems(reservedFor, MAX_CONSUMERS, "status.reservedFor", (consumer, at) => {
    for (const field of ["resource", "name", "uid"] as const)
      if (consumer[field] === "") errors.required(`${at}.${field}`);
  });
  const allocated = new Set((allocation?.devices.results ?? []).map(deviceKey));
  for (const [index, device] of (devices ?? []).entries())
    checkDevice(device, allocated, `status.devices[${index}]`, errors);
  checkReserved(status, old, deleted, errors);
  if (allocation !== undefined && old.allocation === undefined)
    checkAllocation(allocation, requestNames(spec.devices), errors);
}
