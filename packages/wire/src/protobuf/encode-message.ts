import type { JsonObject } from "@quarterdeck/meta";
import type { MessageShape } from "@quarterdeck/sdk";
import { messageEncoder } from "./compile-encoder.js";
import { ProtobufWriter } from "./protobuf-writer.js";

/** One for all messages: nothing else runs while one is written. */
const writer = new ProtobufWriter();

/** The bytes of an object as a message, without an envelope. Throws `ProtobufError` for a value of another type than the shape's. */
export function encodeMessage(message: MessageShape, object: JsonObject): Buffer {
  try {
    messageEncoder(message).encode(writer, object);
    return writer.take();
  } finally {
    writer.clear();
  }
}
