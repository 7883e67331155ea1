import type { FieldErrors } from "@quarterdeck/meta";
import { checkDeclaredDriverName } from "../checks/check-csi-driver-name.js";
import { checkNeededEnum } from "../checks/check-enum.js";
import { sameJson } from "../checks/same-json.js";
import type {
  AllocatedDeviceStatus,
  AllocationResult,
  DeviceRequestAllocationResult,
  NetworkDeviceData,
  ResourceClaimStatus,
} from "../types/resource-v1.js";
import { checkDeclaredPoolName, checkShareId } from "./check-device-names.js";
import { checkDeclaredSet, checkList } from "./check-list.js";
import { checkDeclaredConfiguration, checkDeclaredReferences, checkDeclaredTolerations } from "./declared-claim.js";
import { checkDeclaredBinding } from "./declared-slice.js";
import { deviceKey } from "./device-key.js";
import { MAX_CONSUMERS, MAX_IPS, MAX_RESULT_CONFIGS, MAX_RESULTS } from "./device-limits.js";

const SOURCES = ["FromClaim", "FromClass"];
const MAX_INTERFACE_BYTES = 256;
const MAX_HARDWARE_BYTES = 128;

function checkResult(result: DeviceRequestAllocationResult, path: string, errors: FieldErrors): void {
  checkDeclaredDriverName(result.driver, `${path}.driver`, errors);
  checkDeclaredPoolName(result.pool, `${path}.pool`, errors);
  checkDeclaredTolerations(result.tolerations, `${path}.tolerations`, errors);
  checkDeclaredBinding(result, path, errors);
  if (result.shareID !== undefined) checkShareId(result.shareID, `${path}.shareID`, errors);
}

function checkAllocation({ devices }: AllocationResult, path: string, errors: FieldErrors): void {
  checkList(devices.results, MAX_RESULTS, `${path}.devices.results`, errors, (result, at) =>
    checkResult(result, at, errors),
  );
  checkList(devices.config, MAX_RESULT_CONFIGS, `${path}.devices.config`, errors, (config, at) => {
    checkNeededEnum(config.source, SOURCES, `${at}.source`, errors);
    checkDeclaredReferences(config.requests, `${at}.requests`, errors);
    checkDeclaredConfiguration(config, at, errors);
  });
}

function checkNetwork(data: NetworkDeviceData, path: string, errors: FieldErrors): void {
  const { interfaceName = "", ips, hardwareAddress = "" } = data;
  if (Buffer.byteLength(interfaceName) > MAX_INTERFACE_BYTES)
    errors.tooLong(`${path}.interfaceName`, MAX_INTERFACE_BYTES);
  checkDeclaredSet(ips, MAX_IPS, `${path}.ips`, errors, (ip) => ip);
  if (Buffer.byteLength(hardwareAddress) > MAX_HARDWARE_BYTES)
    errors.tooLong(`${path}.hardwareAddress`, MAX_HARDWARE_BYTES);
}

function checkDevice({ shareID, networkData }: AllocatedDeviceStatus, path: string, errors: FieldErrors): void {
  if (shareID !== undefined) checkShareId(shareID, `${path}.shareID`, errors);
  if (networkData !== undefined) checkNetwork(networkData, `${path}.networkData`, errors);
}

/** What upstream declares at the types of the status of a claim; what it says already of devices is not looked at again. */
export function checkDeclaredClaimStatus(
  { allocation, reservedFor, devices }: ResourceClaimStatus,
  old: ResourceClaimStatus,
  errors: FieldErrors,
): void {
  const path = "status.allocation";
  if (allocation !== undefined && old.allocation === undefined) checkAllocation(allocation, path, errors);
  else if (allocation !== undefined && !sameJson(allocation, old.allocation))
    errors.invalid(path, null, "field cannot be modified once set");
  checkDeclaredSet(reservedFor, MAX_CONSUMERS, "status.reservedFor", errors, ({ uid }) => uid);
  checkDeclaredSet(devices, Number.POSITIVE_INFINITY, "status.devices", errors, deviceKey, (device, at) =>
    checkDevice(device, at, errors),
  );
}
