import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import { encodeCbor } from "../cbor/encode-cbor.js";
import { encodeYaml } from "../encode/encode-yaml.js";
import { prettyJson } from "../encode/pretty-json.js";
import { versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { objectProtobuf } from "../protobuf/protobuf-object.js";
import { listMetadata } from "../view/list-metadata.js";
import { partialObject } from "../view/partial-object.js";
import { tableHead, tableRow } from "../view/table.js";
import { GZIP_THRESHOLD } from "./gzip.js";
import { sendCompressed } from "./send-bytes.js";
import { writeHead } from "./write-head.js";

/**
 * Sends one object as it was negotiated. The compact JSON of the storage version goes out as the shared bytes it is
 * kept in; a promise is returned only for an answer that is compressed.
 */
export function sendObject(
  context: RequestContext,
  code: number,
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
): void | Promise<void> {
  const bytes = render(version, representation, encoded);
  const headers = { "Content-Type": representation.contentType };
  if (representation.gzip && bytes.length > GZIP_THRESHOLD) return sendCompressed(context, code, headers, bytes);
  writeHead(context, code, { ...headers, "Content-Length": bytes.length }).end(bytes);
}

function render(version: VersionDescriptor, representation: Representation, encoded: EncodedObject): Buffer {
  if (representation.format === "protobuf") return objectProtobuf(version, representation, encoded);
  const json = objectJson(version, representation, encoded);
  if (representation.format === "json" && !representation.pretty) return json;
  const value: unknown = JSON.parse(json.toString("utf8"));
  if (representation.format === "cbor") return encodeCbor(value);
  return Buffer.from(representation.format === "yaml" ? encodeYaml(value) : prettyJson(value), "utf8");
}

/** One object in the view that was negotiated, as compact JSON whatever the format is. */
export function objectJson(version: VersionDescriptor, representation: Representation, encoded: EncodedObject): Buffer {
  const bytes = versionBytes(version, encoded);
  if (representation.view === "object") return bytes;
  if (representation.view === "partial") return partialObject(bytes, representation.metaVersion);
  const metadata = listMetadata(encoded.object.metadata.resourceVersion);
  const row = tableRow(version, representation, encoded, Date.now());
  return Buffer.from(`${tableHead(version, representation, metadata)}${row}]}`, "utf8");
}
