import type { Status } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import { encodeCbor, encodeCborEvent } from "../cbor/encode-cbor.js";
import { escapeJson } from "../encode/escape-json.js";
import { versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { bookmarkProtobuf, objectProtobuf } from "../protobuf/protobuf-object.js";
import { statusProtobuf } from "../protobuf/protobuf-status.js";
import { listMetadata } from "../view/list-metadata.js";
import { partialObject } from "../view/partial-object.js";
import { tableHead, tableRow } from "../view/table.js";
import { protobufFrame } from "./protobuf-frame.js";

/** What happened to an object, in the words of the wire. */
export type WatchEventType = "ADDED" | "MODIFIED" | "DELETED";

const TAIL = Buffer.from("}\n");
const heads = {
  ADDED: head("ADDED"),
  MODIFIED: head("MODIFIED"),
  DELETED: head("DELETED"),
  BOOKMARK: head("BOOKMARK"),
  ERROR: head("ERROR"),
};

function head(type: string): Buffer {
  return Buffer.from(`{"type":"${type}","object":`);
}

/** An event with an object that is in JSON so far. */
function frame({ format }: Representation, type: keyof typeof heads, object: Buffer): Buffer {
  if (format === "cbor") return encodeCborEvent(type, encodeCbor(JSON.parse(object.toString("utf8"))));
  return Buffer.concat([heads[type], object, TAIL]);
}

/** One line of a watch about an object, whole or as its metadata alone: the same for every watcher of that form. */
export function objectFrame(
  type: WatchEventType,
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
): Buffer {
  if (representation.format === "protobuf") {
    return protobufFrame(type, objectProtobuf(version, representation, encoded));
  }
  const bytes = versionBytes(version, encoded);
  return frame(
    representation,
    type,
    representation.view === "partial" ? partialObject(bytes, representation.metaVersion) : bytes,
  );
}

/** One line of a watch as a table of one row; `columns` only in the first line of a watch. */
export function tableFrame(
  type: WatchEventType | "BOOKMARK",
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
  columns: boolean,
): Buffer {
  const metadata = listMetadata(encoded.object.metadata.resourceVersion);
  const opening = tableHead(version, representation, metadata, columns);
  return frame(
    representation,
    type,
    Buffer.from(`${opening}${tableRow(version, representation, encoded, Date.now())}]}`, "utf8"),
  );
}

/** The object of a bookmark: nothing but kind, apiVersion, resourceVersion and the mark that ends initial events. */
export function bookmarkObject(version: VersionDescriptor, revision: number, initialEventsEnd: boolean): EncodedObject {
  const object = {
    kind: version.kind,
    apiVersion: version.apiVersion,
    metadata: {
      resourceVersion: String(revision),
      ...(initialEventsEnd ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}),
    },
  };
  return { object, bytes: Buffer.from(JSON.stringify(object), "utf8"), rendition: (_key, make) => make() };
}

/** The line of a bookmark, whole or as metadata. */
export function bookmarkFrame(
  version: VersionDescriptor,
  representation: Representation,
  bookmark: EncodedObject,
): Buffer {
  const { bytes } = bookmark;
  if (representation.format === "protobuf") {
    return protobufFrame("BOOKMARK", bookmarkProtobuf(version, representation, bookmark.object));
  }
  return frame(
    representation,
    "BOOKMARK",
    representation.view === "partial" ? partialObject(bytes, representation.metaVersion) : bytes,
  );
}

/** The last line of a watch that fails, such as 410 Expired. */
export function errorFrame(representation: Representation, status: Status): Buffer {
  if (representation.format === "protobuf") return protobufFrame("ERROR", statusProtobuf(status));
  return frame(representation, "ERROR", Buffer.from(escapeJson(JSON.stringify(status)), "utf8"));
}
