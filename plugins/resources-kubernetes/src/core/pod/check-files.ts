import type { FieldErrors } from "@quarterdeck/meta";
import { checkFileMode } from "../../checks/check-number.js";
import { checkUnreservedPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { checkFieldRef, checkResourceFieldRef } from "./check-field-ref.js";

const FIELDS = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

/** A key that becomes a file; upstream's `validateKeyToPath`. */
export function checkKeyToPath(item: core.KeyToPath, path: string, errors: FieldErrors): void {
  if (item.key === "") errors.required(`${path}.key`);
  if (item.path === "") errors.required(`${path}.path`);
  checkUnreservedPath(item.path, `${path}.path`, errors);
  checkFileMode(item.mode, `${path}.mode`, errors);
}

/** A field of the pod that becomes a file; upstream's `validateDownwardAPIVolumeFile`. */
export function checkDownwardFile(file: core.DownwardAPIVolumeFile, path: string, errors: FieldErrors): void {
  if (file.path === "") errors.required(`${path}.path`);
  checkUnreservedPath(file.path, `${path}.path`, errors);
  if (file.fieldRef !== undefined) {
    checkFieldRef(file.fieldRef, FIELDS, `${path}.fieldRef`, errors);
    if (file.resourceFieldRef !== undefined)
      errors.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
  } else if (file.resourceFieldRef !== undefined)
    checkResourceFieldRef(file.resourceFieldRef, true, `${path}.resourceFieldRef`, errors);
  else errors.required(path, "one of fieldRef and resourceFieldRef is required");
  checkFileMode(file.mode, `${path}.mode`, errors);
}

/** Upstream's `validateSecretVolumeSource`. */
export function checkSecretVolume(source: core.SecretVolumeSource, path: string, errors: FieldErrors): void {
  if (!source.secretName) errors.required(`${path}.secretName`);
  checkFileMode(source.defaultMode, `${path}.defaultMode`, errors);
  for (const [index, item] of (source.items ?? []).entries()) checkKeyToPath(item, `${path}.items[${index}]`, errors);
}

/** Upstream's `validateConfigMapVolumeSource`. */
export function checkConfigMapVolume(source: core.ConfigMapVolumeSource, path: string, errors: FieldErrors): void {
  if (!source.name) errors.required(`${path}.name`);
  checkFileMode(source.defaultMode, `${path}.defaultMode`, errors);
  for (const [index, item] of (source.items ?? []).entries()) checkKeyToPath(item, `${path}.items[${index}]`, errors);
}

/** Upstream's `validateDownwardAPIVolumeSource`, which tells of all files at the source. */
export function checkDownwardVolume(source: core.DownwardAPIVolumeSource, path: string, errors: FieldErrors): void {
  checkFileMode(source.defaultMode, `${path}.defaultMode`, errors);
  for (const file of source.items ?? []) checkDownwardFile(file, path, errors);
}
