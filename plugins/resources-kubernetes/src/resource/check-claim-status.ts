import type { FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../checks/check-conditions.js";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";
import { checkNeededEnum } from "../checks/check-enum.js";
import { checkImmutable } from "../checks/check-immutable.js";
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
import { checkDeviceName, checkPoolName, checkShareId } from "./check-device-names.js";
import { checkDeviceToleration } from "./check-device-taint.js";
import { checkList, checkSet } from "./check-list.js";
import { checkConfiguration } from "./check-selectors.js";
import { checkRequestReference, type RequestNames, requestNames } from "./request-names.js";

const MAX_CONSUMERS = 256;
const MAX_RESULTS = 32;
const MAX_CONFIGS = 64;
const MAX_CONDITIONS = 8;
const SOURCES = ["FromClaim", "FromClass"];

/** A device of a pool, or a share of it. */
type DevicePlace = Pick<DeviceRequestAllocationResult, "driver" | "pool" | "device" | "shareID">;

/** By which a device is told from others. */
export function deviceKey({ driver, pool, device, shareID }: DevicePlace): string {
  return `${driver}/${pool}/${device}${shareID === undefined ? "" : `/${shareID}`}`;
}

function checkPlace({ driver, pool, device }: DevicePlace, path: string, errors: FieldErrors): void {
  checkCsiDriverName(driver, `${path}.driver`, errors);
  checkPoolName(pool, `${path}.pool`, errors);
  checkDeviceName(device, `${path}.device`, errors);
}

function checkResult(
  result: DeviceRequestAllocationResult,
  names: RequestNames,
  path: string,
  errors: FieldErrors,
): void {
  checkRequestReference(result.request, names, `${path}.request`, errors);
  checkPlace(result, path, errors);
  checkBindingConditions(result, path, errors);
  for (const [index, one] of (result.tolerations ?? []).entries())
    checkDeviceToleration(one, `${path}.tolerations[${index}]`, errors);
  if (result.shareID !== undefined) checkShareId(result.shareID, `${path}.shareID`, errors);
}

function checkAllocation({ devices, nodeSelector }: AllocationResult, names: RequestNames, errors: FieldErrors): void {
  const path = "status.allocation";
  checkList(devices.results, MAX_RESULTS, `${path}.devices.results`, errors, (result, at) =>
    checkResult(result, names, at, errors),
  );
  checkList(devices.config, MAX_CONFIGS, `${path}.devices.config`, errors, (config, at) => {
    checkNeededEnum(config.source, SOURCES, `${at}.source`, errors);
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
  checkPlace(device, path, errors);
  if (device.shareID !== undefined) checkShareId(device.shareID, `${path}.shareID`, errors);
  if (!allocated.has(deviceKey(device)))
    errors.invalid(path, deviceKey(device), "must be an allocated device in the claim");
  const conditions = device.conditions ?? [];
  if (conditions.length > MAX_CONDITIONS) errors.tooMany(`${path}.conditions`, conditions.length, MAX_CONDITIONS);
  checkConditions(conditions, `${path}.conditions`, errors);
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

/** Which devices a claim got and who uses them; upstream's `ValidateResourceClaimStatusUpdate`. `deleted`: nobody may begin to. */
export function checkClaimStatus(
  { status, spec }: Pick<ResourceClaim, "spec" | "status">,
  old: ResourceClaimStatus,
  deleted: boolean,
  errors: FieldErrors,
): void {
  const { reservedFor, allocation, devices } = status;
  checkSet(
    reservedFor,
    MAX_CONSUMERS,
    "status.reservedFor",
    errors,
    (consumer, at) => {
      for (const field of ["resource", "name", "uid"] as const)
        if (consumer[field] === "") errors.required(`${at}.${field}`);
    },
    ({ uid }) => uid,
  );
  const allocated = new Set((allocation?.devices.results ?? []).map(deviceKey));
  checkSet(
    devices,
    Number.POSITIVE_INFINITY,
    "status.devices",
    errors,
    (device, at) => checkDevice(device, allocated, at, errors),
    deviceKey,
  );
  checkReserved(status, old, deleted, errors);
  if (allocation === undefined) return;
  if (old.allocation !== undefined) checkImmutable(allocation, old.allocation, "status.allocation", errors);
  else checkAllocation(allocation, requestNames(spec.devices), errors);
}
