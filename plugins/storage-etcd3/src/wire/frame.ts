import { MalformedMessageError } from "./message-reader.js";
import { MessageWriter } from "./message-writer.js";

/** What stands before each message of gRPC: a byte that says whether it is compressed, and its length. */
const HEAD = 5;

/** A message as it is sent. */
export function framed(write: (writer: MessageWriter) => void, capacity?: number): Buffer {
  const writer = new MessageWriter(HEAD, capacity);
  write(writer);
  const { bytes } = writer;
  bytes[0] = 0;
  bytes.writeUInt32BE(bytes.length - HEAD, 1);
  return bytes;
}

/** Cuts what comes in into messages. */
export class FrameReader {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** How many bytes there must be before it is worth a look: a large message is put together once. */
  #needed = HEAD;

  constructor(private readonly onMessage: (message: Buffer) => void) {}

  take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) {
      return;
    }
    const rest = this.#cut(this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length));
    this.#chunks.length = 0;
    this.#length = rest.length;
    if (rest.length > 0) {
      this.#chunks.push(rest);
    }
  }

  /** Tells the whole messages and returns what is left; from then on `#needed` is more than that. */
  #cut(bytes: Buffer): Buffer {
    let rest = bytes;
    for (;;) {
      this.#needed = HEAD;
      if (rest.length < HEAD) {
        return rest;
      }
      if (rest[0] !== 0) {
        throw new MalformedMessageError("is compressed");
      }
      const end = HEAD + rest.readUInt32BE(1);
      if (rest.length < end) {
        this.#needed = end;
        return rest;
      }
      const message = rest.subarray(HEAD, end);
      rest = rest.subarray(end);
      this.onMessage(message);
    }
  }
}
