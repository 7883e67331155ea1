import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { EncodedObject } from "../encoded-object.js";
import { encodeObject } from "./encode-object.js";
import { spliceRevision } from "./splice-revision.js";

const offsets = new WeakMap<VersionDescriptor, number>();

/**
 * The compact JSON of an object in one of its versions, resourceVersion included: the stored bytes themselves for the
 * storage version, else converted once and kept with the object. Shared: never write to them.
 */
export function versionBytes(version: VersionDescriptor, encoded: EncodedObject): Buffer {
  if (version.storage) return encoded.bytes;
  return encoded.rendition(version.apiVersion, () => convert(version, encoded));
}

function convert(version: VersionDescriptor, encoded: EncodedObject): Buffer {
  const converted = version.fromStorage(encoded.object);
  const bytes = encodeObject({ ...converted, apiVersion: version.apiVersion, kind: version.kind });
  const revision = Number(encoded.object.metadata.resourceVersion);
  return Number.isSafeInteger(revision) && revision > 0 ? spliceRevision(bytes, revision) : bytes;
}

/**
 * The length of `{"kind":"K","apiVersion":"V",` with which every object of the version starts. The items of a typed
 * list carry neither, so such an item is `{` followed by the object's bytes from this offset on.
 */
export function listItemOffset(version: VersionDescriptor): number {
  let offset = offsets.get(version);
  if (offset === undefined) {
    const prefix = `{"kind":${JSON.stringify(version.kind)},"apiVersion":${JSON.stringify(version.apiVersion)},`;
    offset = Buffer.byteLength(prefix);
    offsets.set(version, offset);
  }
  return offset;
}
