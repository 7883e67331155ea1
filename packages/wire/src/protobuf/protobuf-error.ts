/** What is wrong with a protobuf message; the text is what Go's generated decoders say where they have one. */
export class ProtobufError extends Error {
  override readonly name = "ProtobufError";
}
