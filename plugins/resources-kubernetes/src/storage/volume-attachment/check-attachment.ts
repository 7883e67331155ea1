import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkVolumeSpec } from "../../core/persistent-volume/check-volume.js";
import type * as storage from "../../types/storage-v1.js";

const MAX_METADATA_BYTES = 262_144;
const MAX_MESSAGE = 1024;
const MAX_INT32 = 2_147_483_647;
const EXACTLY_ONE = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

function checkSource(
  { inlineVolumeSpec, persistentVolumeName }: storage.VolumeAttachmentSource,
  path: string,
  errors: FieldErrors,
): void {
  if (inlineVolumeSpec === undefined && persistentVolumeName === undefined) errors.required(path, EXACTLY_ONE);
  else if (inlineVolumeSpec !== undefined && persistentVolumeName !== undefined) errors.forbidden(path, EXACTLY_ONE);
  else if (inlineVolumeSpec !== undefined)
    checkVolumeSpec(inlineVolumeSpec, `${path}.inlineVolumeSpec`, errors, { name: "", inline: true });
  else if (persistentVolumeName === "")
    errors.required(`${path}.persistentVolumeName`, "must specify non empty persistentVolumeName");
}

/** What is attached where; upstream's `validateVolumeAttachmentSpec`, but for the attacher. */
export function checkAttachmentSpec(spec: storage.VolumeAttachmentSpec, errors: FieldErrors): void {
  checkSource(spec.source, "spec.source", errors);
  errors.invalidEach("spec.nodeName", spec.nodeName, dns1123SubdomainErrors(spec.nodeName));
}

/** The name of the volume has the form of one; upstream looks at that last. */
export function checkAttachedVolume(
  { persistentVolumeName: name }: storage.VolumeAttachmentSource,
  errors: FieldErrors,
): void {
  if (name !== undefined) errors.invalidEach("spec.source.persistentVolumeName", name, dns1123SubdomainErrors(name));
}

function checkVolumeError(error: storage.VolumeError | undefined, path: string, errors: FieldErrors): void {
  const { message = "", errorCode = 0 } = error ?? {};
  if (Buffer.byteLength(message) > MAX_MESSAGE) errors.tooLong(`${path}.message`, MAX_MESSAGE);
  if (errorCode < 0) errors.invalid(`${path}.errorCode`, errorCode, `must be between 0 and ${MAX_INT32}, inclusive`);
}

/** How the attaching went; upstream's `validateVolumeAttachmentStatus`. */
export function checkAttachmentStatus(status: storage.VolumeAttachmentStatus, errors: FieldErrors): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(status.attachmentMetadata ?? {}))
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (bytes > MAX_METADATA_BYTES) errors.tooLong("status.attachmentMetadata", MAX_METADATA_BYTES);
  checkVolumeError(status.attachError, "status.attachError", errors);
  checkVolumeError(status.detachError, "status.detachError", errors);
}
