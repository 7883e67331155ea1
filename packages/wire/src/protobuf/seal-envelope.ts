import type { JsonObject } from "@quarterdeck/meta";
import type { MessageShape } from "@quarterdeck/sdk";
import { encodeMessage } from "./encode-message.js";
import { MAGIC, TYPE_META } from "./envelope.js";
import { varintBytes } from "./varint-bytes.js";

/** The tags of a message's fields of type bytes. */
const RAW = Buffer.from([0x12]);
/** contentEncoding and contentType, which Go writes though they are empty. */
export const ENVELOPE_TAIL = Buffer.from([0x1a, 0, 0x22, 0]);

const heads = new Map<string, Buffer>();

/** The envelope before the object's message and its length: magic bytes and type. */
function envelopeHead(apiVersion: string, kind: string): Buffer {
  const key = `${apiVersion}/${kind}`;
  let head = heads.get(key);
  if (head === undefined) {
    const type = encodeMessage(TYPE_META, { apiVersion, kind });
    head = Buffer.concat([MAGIC, Buffer.from([0x0a]), varintBytes(type.length), type, RAW]);
    heads.set(key, head);
  }
  return head;
}

/** The envelope before a message of so many bytes; {@link ENVELOPE_TAIL} stands behind it. */
export function openingOf(apiVersion: string, kind: string, length: number): Buffer {
  return Buffer.concat([envelopeHead(apiVersion, kind), varintBytes(length)]);
}

/** An object's message as it travels: `runtime.Unknown` behind four bytes. */
export function sealEnvelope(apiVersion: string, kind: string, message: Buffer): Buffer {
  return Buffer.concat([envelopeHead(apiVersion, kind), varintBytes(message.length), message, ENVELOPE_TAIL]);
}

/** An object that is none of a resource, such as a Status, as it travels; an apiVersion that it does not have is empty. */
export function sealObject(message: MessageShape, object: JsonObject): Buffer {
  const { apiVersion = "", kind } = object;
  return sealEnvelope(String(apiVersion), String(kind), encodeMessage(message, object));
}
