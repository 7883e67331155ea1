import type { KubeObject } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import { messageShape } from "@quarterdeck/sdk";
import { readMetadata } from "../encode/read-metadata.js";
import { versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { encodeMessage } from "./encode-message.js";
import { OBJECT_META } from "./meta-messages.js";
import { versionMessage } from "./object-message.js";
import { ProtobufError } from "./protobuf-error.js";
import { sealEnvelope } from "./seal-envelope.js";

const PARTIAL = messageShape("PartialObjectMetadata", [
  { name: "metadata", number: 1, value: OBJECT_META, repeat: "one", zero: "keep" },
]);

/**
 * The message of an object in one of its versions, or of its metadata alone, without an envelope: as lists hold it. Made
 * once and kept with the object. Shared: never write to it.
 */
export function objectMessageBytes(
  version: VersionDescriptor,
  { view }: Representation,
  encoded: EncodedObject,
): Buffer {
  if (view === "partial") return encoded.rendition("protobuf/partial", () => encodePartial(version, encoded));
  return encoded.rendition(`protobuf/${version.apiVersion}`, () => encodeWhole(version, encoded));
}

/** The same in the envelope in which it travels alone. */
export function objectProtobuf(
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
): Buffer {
  return seal(version, representation, objectMessageBytes(version, representation, encoded));
}

/** The same for the object of a bookmark, which is of the version already. */
export function bookmarkProtobuf(
  version: VersionDescriptor,
  representation: Representation,
  object: KubeObject,
): Buffer {
  const { metadata } = object;
  const isPartial = representation.view === "partial";
  return seal(version, representation, isPartial ? encodeMessage(PARTIAL, { metadata }) : encodeIn(version, object));
}

function seal(version: VersionDescriptor, { view, metaVersion }: Representation, message: Buffer): Buffer {
  return view === "partial"
    ? sealEnvelope(metaVersion, "PartialObjectMetadata", message)
    : sealEnvelope(version.apiVersion, version.kind, message);
}

function encodeWhole(version: VersionDescriptor, { object }: EncodedObject): Buffer {
  return encodeIn(version, version.storage ? object : version.fromStorage(object));
}

function encodeIn(version: VersionDescriptor, object: KubeObject): Buffer {
  const message = versionMessage(version);
  if (message === undefined) throw new ProtobufError(`${version.kind} has no protobuf form`);
  return encodeMessage(message, object);
}

function encodePartial(version: VersionDescriptor, encoded: EncodedObject): Buffer {
  return encodeMessage(PARTIAL, { metadata: readMetadata(versionBytes(version, encoded)) });
}
