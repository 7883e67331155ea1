import { describe, expect, it } from "vitest";
import { FrameReader, framed } from "./frame.js";
import { MalformedMessageError } from "./message-reader.js";

const messages = ["", "a", "b".repeat(300), "c".repeat(70_000), "", "d"].map((text) => Buffer.from(text));

function frame(content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

describe("the frames of gRPC", () => {
  it.each([1, 3, 5, 7, 4096, 1_000_000])("are put together from pieces of %d bytes", (size) => {
    const bytes = Buffer.concat(messages.map(frame));
    const read: Buffer[] = [];
    const reader = new FrameReader((message) => read.push(message));
    for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size));
    expect(read.map((message) => message.toString())).toEqual(messages.map((message) => message.toString()));
  });

  it("have their length in front", () => {
    const bytes = framed((writer) => writer.data(1, Buffer.from("xyz")));
    expect(bytes).toEqual(frame(Buffer.from([10, 3, ...Buffer.from("xyz")])));
  });

  it("are refused when they are compressed, which nobody asked for", () => {
    const bytes = frame(Buffer.from("x"));
    bytes[0] = 1;
    expect(() => new FrameReader(() => {}).take(bytes)).toThrow(MalformedMessageError);
  });
});
