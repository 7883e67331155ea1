import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkBasicResource, checkResourceQuantity } from "../../checks/check-quantity.js";
import { isNativeResource } from "../../checks/resource-names.js";
import type * as core from "../../types/core-v1.js";

const RESIZES = [
  "ControllerResizeInProgress",
  "ControllerResizeInfeasible",
  "NodeResizePending",
  "NodeResizeInProgress",
  "NodeResizeInfeasible",
].sort();

/** Whether a name may be resized: the storage, or what somebody else brings. */
function checkName(name: string, path: string, errors: FieldErrors): boolean {
  const problems = qualifiedNameErrors(name);
  errors.invalidEach(path, name, problems);
  if (problems.length > 0) return false;
  if (!isNativeResource(name) || name === "storage") return true;
  errors.notSupported(path, name, ["storage"]);
  return false;
}

/** What controllers say of a claim; upstream's `ValidatePersistentVolumeClaimStatusUpdate`. */
export function checkClaimStatus(status: core.PersistentVolumeClaimStatus, errors: FieldErrors): void {
  const { capacity = {}, allocatedResourceStatuses: states = {}, allocatedResources: allocated = {} } = status;
  for (const [name, size] of Object.entries(capacity)) checkBasicResource(size, `status.capacity[${name}]`, errors);
  for (const [name, state] of Object.entries(states)) {
    checkName(name, "status.allocatedResourceStatuses", errors);
    if (!RESIZES.includes(state)) errors.notSupported("status.allocatedResourceStatuses", name, RESIZES);
  }
  for (const [name, size] of Object.entries(allocated)) {
    if (!checkName(name, "status.allocatedResources", errors)) continue;
    const path = `status.allocatedResources[${name}]`;
    if (checkBasicResource(size, path, errors)) checkResourceQuantity("storage", size, path, errors);
  }
}
