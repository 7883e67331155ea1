import type { JsonObject } from "@quarterdeck/meta";
import { messageShape } from "@quarterdeck/sdk";
import { compileDecoder } from "./compile-decoder.js";
import { ProtobufError } from "./protobuf-error.js";
import { ProtobufReader, WIRE } from "./protobuf-reader.js";

/** What stands before every protobuf object. */
export const MAGIC = Buffer.from("k8s\0", "latin1");

/** `runtime.TypeMeta`, the type of what an envelope holds. */
export const TYPE_META = messageShape("TypeMeta", [
  { name: "apiVersion", number: 1, value: "string", repeat: "one", zero: "omit" },
  { name: "kind", number: 2, value: "string", repeat: "one", zero: "omit" },
]);
const decodeTypeMeta = compileDecoder(TYPE_META);

/** What stands around every protobuf object: `runtime.Unknown` behind four bytes. */
export interface Envelope {
  /** apiVersion and kind, each absent when it is empty. */
  readonly type: JsonObject;
  /** The object's own message; it shares the memory of the body. */
  readonly raw: Buffer;
}

/**
 * Opens the envelope. Its contentEncoding and contentType are ignored, as upstream does.
 * Throws {@link ProtobufError}.
 */
export function openEnvelope(body: Buffer): Envelope {
  if (body.length === 0) throw new ProtobufError("empty data");
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    const prefix = [...MAGIC].join(" ");
    throw new ProtobufError(`provided data does not appear to be a protobuf message, expected prefix [${prefix}]`);
  }
  if (body.length === MAGIC.length) throw new ProtobufError("empty body");
  const reader = new ProtobufReader(body.subarray(MAGIC.length));
  const type: JsonObject = {};
  let raw = body.subarray(0, 0);
  while (reader.next("Unknown")) {
    if (reader.number > 4) {
      reader.skip();
      continue;
    }
    if (reader.wireType !== WIRE.bytes) {
      const field = ["TypeMeta", "Raw", "ContentEncoding", "ContentType"][reader.number - 1];
      throw new ProtobufError(`proto: wrong wireType = ${reader.wireType} for field ${field}`);
    }
    if (reader.number === 1) {
      const outer = reader.enter();
      decodeTypeMeta(reader, type);
      reader.leave(outer);
    } else if (reader.number === 2) raw = reader.view();
    else reader.skip();
  }
  return { type, raw };
}
