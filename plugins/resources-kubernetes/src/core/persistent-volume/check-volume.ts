import { posix } from "node:path";
import { type FieldErrors, nameErrors } from "@quarterdeck/meta";
import { checkAccessModes } from "../../checks/check-access-modes.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkNodeSelector } from "../../checks/check-node-selector.js";
import { checkBasicResource, checkPositiveQuantity } from "../../checks/check-quantity.js";
import { VOLUME_MODES } from "../../checks/volume-modes.js";
import type * as core from "../../types/core-v1.js";
import { checkVolumeSource } from "./volume-sources.js";

const RECLAIM_POLICIES = ["Delete", "Recycle", "Retain"];
const INLINE = "in the context of inline volumes";

/** What the checks of a volume are to know besides. */
export interface VolumeScope {
  /** The name of the object; empty for a spec that stands in another one. */
  readonly name: string;
  /** The spec stands in an attachment: it names a CSI volume and little else. */
  readonly inline?: boolean;
  /** Values in the node affinity need be no values of labels, since the stored ones are not. */
  readonly affinityValues?: boolean;
}

function checkInline(
  { claimRef, capacity = {}, csi }: core.PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (claimRef !== undefined) errors.forbidden(`${path}.claimRef`, `may not be specified ${INLINE}`);
  if (Object.keys(capacity).length > 0) errors.forbidden(`${path}.capacity`, `may not be specified ${INLINE}`);
  if (csi === undefined) errors.required(`${path}.csi`, `has to be specified ${INLINE}`);
}

function checkCapacity(capacity: core.ResourceList | undefined, path: string, errors: FieldErrors): void {
  const entries = Object.entries(capacity ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) errors.required(path);
  if (entries.length !== 1 || entries[0]?.[0] !== "storage")
    errors.notSupported(path, capacity && Object.fromEntries(entries), ["storage"]);
  for (const [name, size] of entries) {
    checkBasicResource(size, `${path}[${name}]`, errors);
    checkPositiveQuantity(size, `${path}[${name}]`, errors);
  }
}

function checkReclaim(policy: string, path: string, errors: FieldErrors, inline: boolean): void {
  if (policy === "") return;
  if (!inline) checkEnum(policy, RECLAIM_POLICIES, path, errors);
  else if (policy !== "Retain") errors.forbidden(path, `may only be Retain ${INLINE}`);
}

function checkAffinity(
  { required }: core.VolumeNodeAffinity,
  path: string,
  errors: FieldErrors,
  scope: VolumeScope,
): void {
  if (scope.inline) errors.forbidden(path, `may not be specified ${INLINE}`);
  else if (required === undefined) errors.required(`${path}.required`, "must specify required node constraints");
  else checkNodeSelector(required, `${path}.required`, errors, scope.affinityValues === true);
}

function checkClass(name: string, path: string, errors: FieldErrors, inline: boolean): void {
  if (inline) errors.forbidden(path, `may not be specified ${INLINE}`);
  else errors.invalidEach(path, name, nameErrors("subdomain", name));
}

function checkMode(mode: string, path: string, errors: FieldErrors, inline: boolean): void {
  if (!inline) checkEnum(mode, VOLUME_MODES, path, errors);
  else if (mode !== "Filesystem") errors.forbidden(path, `may not specify volumeMode other than Filesystem ${INLINE}`);
}

function checkAttributesClass(
  { volumeAttributesClassName: name, csi }: core.PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (name === undefined) return;
  const at = `${path}.volumeAttributesClassName`;
  if (name === "") errors.required(at, "an empty string is disallowed");
  else errors.invalidEach(at, name, nameErrors("subdomain", name));
  if (csi === undefined) errors.required(`${path}.csi`, "has to be specified when using volumeAttributesClassName");
}

/** What is wrong with a volume; upstream's `ValidatePersistentVolumeSpec`. */
export function checkVolumeSpec(
  spec: core.PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
  scope: VolumeScope,
): void {
  const { accessModes = [], persistentVolumeReclaimPolicy: policy = "", storageClassName = "", hostPath } = spec;
  const inline = scope.inline === true;
  if (inline) checkInline(spec, path, errors);
  if (accessModes.length === 0) errors.required(`${path}.accessModes`);
  checkAccessModes(accessModes, `${path}.accessModes`, errors);
  if (!inline) checkCapacity(spec.capacity, `${path}.capacity`, errors);
  checkReclaim(policy, `${path}.persistentVolumeReclaimPolicy`, errors, inline);
  if (spec.nodeAffinity !== undefined) checkAffinity(spec.nodeAffinity, `${path}.nodeAffinity`, errors, scope);
  checkVolumeSource(spec, path, errors, scope.name);
  if (hostPath !== undefined && policy === "Recycle" && posix.normalize(hostPath.path) === "/")
    errors.forbidden(`${path}.persistentVolumeReclaimPolicy`, "may not be 'recycle' for a hostPath mount of '/'");
  if (storageClassName !== "") checkClass(storageClassName, `${path}.storageClassName`, errors, inline);
  if (spec.volumeMode !== undefined) checkMode(spec.volumeMode, `${path}.volumeMode`, errors, inline);
  checkAttributesClass(spec, path, errors);
}
