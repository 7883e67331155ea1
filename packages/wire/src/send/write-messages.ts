import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import type { Representation } from "../negotiate/representation.js";
import { encodeMessage } from "../protobuf/encode-message.js";
import { LIST_META } from "../protobuf/meta-messages.js";
import { objectMessageBytes } from "../protobuf/protobuf-object.js";
import { ENVELOPE_TAIL, openingOf } from "../protobuf/seal-envelope.js";
import { varintBytes, varintSize, writeVarint } from "../protobuf/varint-bytes.js";
import { listMetadata } from "../view/list-metadata.js";
import { BodyWriter } from "./body-writer.js";
import type { ListPage } from "./list-page.js";

/** The tags of a list's fields: `{ metadata = 1, items = 2 }`. */
const METADATA = Buffer.from([0x0a]);
const ITEM = 0x12;

/**
 * Writes a list as protobuf, of whole objects or of their metadata: the messages of its items are copied one by one behind
 * their lengths. Resolves when the last chunk is handed over, or when the client is gone.
 */
export async function writeMessages(
  context: RequestContext,
  version: VersionDescriptor,
  representation: Representation,
  { items, revision, continueToken, remainingItemCount }: ListPage,
): Promise<void> {
  const { contentType, gzip, view, metaVersion } = representation;
  const metadata = encodeMessage(LIST_META, { ...listMetadata(revision, continueToken, remainingItemCount) });
  const messages = items.map((item) => objectMessageBytes(version, representation, item));
  let length = METADATA.length + varintSize(metadata.length) + metadata.length;
  for (const message of messages) length += 1 + varintSize(message.length) + message.length;
  const opening =
    view === "partial"
      ? openingOf(metaVersion, "PartialObjectMetadataList", length)
      : openingOf(version.apiVersion, version.listKind, length);
  const head = Buffer.concat([opening, METADATA, varintBytes(metadata.length), metadata]);
  const total = opening.length + length + ENVELOPE_TAIL.length;
  const writer = new BodyWriter(context, { "Content-Type": contentType }, gzip, total);
  await writer.append(head);
  for (const message of messages) {
    const needed = 1 + varintSize(message.length) + message.length;
    if (needed > writer.room) {
      await writer.flush();
      if (writer.closed) break;
    }
    if (needed > writer.room) {
      await writer.append(leadOf(message.length));
      await writer.append(message);
      continue;
    }
    const { chunk } = writer;
    let at = writer.take(needed);
    chunk[at++] = ITEM;
    at = writeVarint(chunk, at, message.length);
    chunk.set(message, at);
  }
  await writer.append(ENVELOPE_TAIL);
  writer.finish();
}

function leadOf(length: number): Buffer {
  return Buffer.concat([Buffer.from([ITEM]), varintBytes(length)]);
}
