import type { OpenResponse } from "@quarterdeck/testing";

const LENGTH_BYTES = 4;

/** The frames of a watch in protobuf, each without its length. */
export async function* protobufFrames({ stream }: OpenResponse): AsyncGenerator<Buffer, void> {
  let pending = Buffer.alloc(0);
  for await (const chunk of stream) {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + pending.readUInt32BE();
      if (pending.length < end) break;
      yield pending.subarray(LENGTH_BYTES, end);
      pending = pending.subarray(end);
    }
  }
}
