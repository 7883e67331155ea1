import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../../checks/check-csi-driver-name.js";
import { checkRange } from "../../checks/check-number.js";
import { checkNoBacksteps } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { checkIscsiName } from "../pod/check-iscsi.js";
import * as sources from "../pod/check-volume-sources.js";

const MAX_ISCSI_NAME = 64;
const ISCSI_TOO_LONG =
  "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
const NOT_ISCSI = "must be valid format";

function needSecret(secret: core.SecretReference | undefined, path: string, errors: FieldErrors): void {
  if (secret === undefined) return;
  if (!secret.name) errors.required(`${path}.name`);
  if (!secret.namespace) errors.required(`${path}.namespace`);
}

/** Upstream's `validateGlusterfsPersistentVolumeSource`. */
export function checkGlusterfs(source: core.GlusterfsPersistentVolumeSource, path: string, errors: FieldErrors): void {
  sources.checkGlusterfs(source, path, errors);
  const { endpointsNamespace: namespace } = source;
  if (namespace === undefined) return;
  const at = `${path}.endpointsNamespace`;
  if (namespace === "")
    errors.invalid(at, namespace, "if the endpointnamespace is set, it must be a valid namespace name");
  else errors.invalidEach(at, namespace, dns1123LabelErrors(namespace));
}

/** Upstream's `validateISCSIPersistentVolumeSource`. */
export function checkIscsi(
  source: core.ISCSIPersistentVolumeSource,
  path: string,
  errors: FieldErrors,
  volumeName: string,
): void {
  const { targetPortal, initiatorName, iqn, secretRef } = source;
  if (targetPortal === "") errors.required(`${path}.targetPortal`);
  if (initiatorName !== undefined && Buffer.byteLength(`${volumeName}:${targetPortal}`) > MAX_ISCSI_NAME)
    errors.invalid(`${path}.targetportal`, targetPortal, ISCSI_TOO_LONG);
  if (iqn === "") errors.required(`${path}.iqn`);
  else checkIscsiName(iqn, `${path}.iqn`, errors, NOT_ISCSI);
  checkRange(source.lun, [0, 255], `${path}.lun`, errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && secretRef === undefined)
    errors.required(`${path}.secretRef`);
  if (secretRef !== undefined && !secretRef.name) errors.required(`${path}.secretRef.name`);
  if (initiatorName !== undefined) checkIscsiName(initiatorName, `${path}.initiatorname`, errors, NOT_ISCSI);
}

/** Upstream's `validateCinderPersistentVolumeSource`. */
export function checkCinder(source: core.CinderPersistentVolumeSource, path: string, errors: FieldErrors): void {
  if (source.volumeID === "") errors.required(`${path}.volumeID`);
  needSecret(source.secretRef, `${path}.secretRef`, errors);
}

/** Upstream's `validateAzureFilePV`. */
export function checkAzureFile(source: core.AzureFilePersistentVolumeSource, path: string, errors: FieldErrors): void {
  sources.checkAzureFile(source, path, errors);
  if (source.secretNamespace === "") errors.required(`${path}.secretNamespace`);
}

/** Upstream's `validateLocalVolumeSource`. */
export function checkLocal(source: core.LocalVolumeSource, path: string, errors: FieldErrors): void {
  if (source.path === "") errors.required(`${path}.path`);
  else checkNoBacksteps(source.path, `${path}.path`, errors);
}

/** Upstream's `validateStorageOSPersistentVolumeSource`. */
export function checkStorageOs(
  { secretRef, ...source }: core.StorageOSPersistentVolumeSource,
  path: string,
  errors: FieldErrors,
): void {
  sources.checkStorageOs(source, path, errors);
  needSecret(secretRef, `${path}.secretRef`, errors);
}

/** Upstream's `validatePVSecretReference`. */
function checkSecret({ name = "", namespace = "" }: core.SecretReference, path: string, errors: FieldErrors): void {
  if (name === "") errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, name, dns1123SubdomainErrors(name));
  if (namespace === "") errors.required(`${path}.namespace`);
  else errors.invalidEach(`${path}.namespace`, namespace, dns1123LabelErrors(namespace));
}

/** Of the secrets of a CSI driver those that upstream looks at, in its order. */
const SECRETS = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
] as const;

/** Upstream's `validateCSIPersistentVolumeSource`. */
export function checkCsi(source: core.CSIPersistentVolumeSource, path: string, errors: FieldErrors): void {
  checkCsiDriverName(source.driver, `${path}.driver`, errors);
  if (source.volumeHandle === "") errors.required(`${path}.volumeHandle`);
  for (const name of SECRETS) {
    const secret = source[name];
    if (secret !== undefined) checkSecret(secret, `${path}.${name}`, errors);
  }
}
