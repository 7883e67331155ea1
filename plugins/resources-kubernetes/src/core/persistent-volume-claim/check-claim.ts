import { type FieldErrors, nameErrors } from "@quarterdeck/meta";
import { checkAccessModes } from "../../checks/check-access-modes.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkPositiveQuantity, checkResourceQuantity } from "../../checks/check-quantity.js";
import { VOLUME_MODES } from "../../checks/volume-modes.js";
import type * as core from "../../types/core-v1.js";
import { type ClaimAllowances, checkDataSources } from "./check-data-source.js";

function checkSize({ requests = {} }: core.VolumeResourceRequirements, path: string, errors: FieldErrors): void {
  const size = Object.hasOwn(requests, "storage") ? requests.storage : undefined;
  if (size === undefined) {
    errors.required(path);
    return;
  }
  const before = errors.list.length;
  checkPositiveQuantity(size, path, errors);
  if (errors.list.length === before) checkResourceQuantity("storage", size, path, errors);
}

function checkClass(name: string | undefined, path: string, errors: FieldErrors): void {
  if (name !== undefined && name !== "") errors.invalidEach(path, name, nameErrors("subdomain", name));
}

/** What is wanted of a volume, also in templates; upstream's `ValidatePersistentVolumeClaimSpec`. */
export function checkClaimSpec(
  spec: core.PersistentVolumeClaimSpec,
  path: string,
  errors: FieldErrors,
  allow: ClaimAllowances = {},
): void {
  const { accessModes = [], selector, volumeMode } = spec;
  if (accessModes.length === 0) errors.required(`${path}.accessModes`, "at least 1 access mode is required");
  if (selector !== undefined) checkLabelSelector(selector, `${path}.selector`, errors, allow.selectorValues === true);
  checkAccessModes(accessModes, `${path}.accessModes`, errors);
  checkSize(spec.resources, `${path}.resources[storage]`, errors);
  checkClass(spec.storageClassName, `${path}.storageClassName`, errors);
  if (volumeMode !== undefined) checkEnum(volumeMode, VOLUME_MODES, `${path}.volumeMode`, errors);
  checkDataSources(spec, path, errors, allow);
  checkClass(spec.volumeAttributesClassName, `${path}.volumeAttributesClassName`, errors);
}
