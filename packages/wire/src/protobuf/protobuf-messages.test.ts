import { describe, expect, it } from "vitest";
import { refusal } from "../testing/refusal.fixture.js";
import { bytes, envelope, field } from "./protobuf-bytes.fixture.js";
import { bodyOf } from "./protobuf-kinds.fixture.js";

const namespaces = bodyOf("Namespace");

describe("malformed envelopes", () => {
  it.each([
    ["nothing", "", "empty data (<empty>)"],
    ["JSON", "{}", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})"],
    ["only the magic bytes", "k8s\0", "empty body (6b387300)"],
    ["a message cut off", bytes("k8s\0", 0x12, 9), "unexpected EOF (6b3873001209)"],
    ["a varint for raw", bytes("k8s\0", 0x10, 1), "proto: wrong wireType = 0 for field Raw (6b3873001001)"],
    ["field 0", bytes("k8s\0", 0), "proto: Unknown: illegal tag 0 (wire type 0) (6b38730000)"],
  ])("refuses %s", (_name, body, detail) => {
    expect(refusal(() => namespaces.decode(Buffer.from(body)))).toEqual({
      code: 400,
      message: `the object provided is unrecognized (must be of type Namespace): ${detail}`,
    });
  });
});

describe("malformed messages", () => {
  const over = Buffer.alloc(10, 0xff);
  it.each([
    ["a wrong wire type", bytes(0x08, 1), "proto: wrong wireType = 0 for field Metadata"],
    ["a wrong wire type inside", field(1, bytes(0x28, 1)), "proto: wrong wireType = 0 for field UID"],
    ["a string cut off", field(1, bytes(0x0a, 5, "ab")), "unexpected EOF"],
    ["a message longer than the one around it", bytes(field(1, bytes(0x0a, 5)), "abcdefgh"), "unexpected EOF"],
    ["invalid UTF-8", field(1, field(1, Buffer.from([0xc3, 0x28]))), "proto: string field contains invalid UTF-8"],
    ["an over-long varint", field(1, bytes(0x38, over, 1)), "proto: integer overflow"],
    [
      "more than 53 bits",
      field(1, bytes(0x38, Buffer.alloc(8, 0xff), 0x7f)),
      "proto: integer overflow: more than 53 bits",
    ],
    ["a negative length", bytes(0x0a, Buffer.alloc(9, 0xff), 1), "proto: negative length found during unmarshaling"],
    ["the end of no group", Buffer.from([0x0c]), "proto: Namespace: wiretype end group for non-group"],
    ["wire type 7", Buffer.from([0x7f]), "proto: illegal wireType 7"],
    ["a group without an end", Buffer.alloc(100_000, 0x7b), "unexpected EOF"],
    [
      "a time out of range",
      field(1, field(8, bytes(0x08, Buffer.alloc(6, 0xff), 0x7f))),
      "proto: Timestamp: out of range",
    ],
    [
      "fieldsV1 that is no JSON",
      field(1, bytes(0x8a, 1, 6, field(7, field(1, "{x")))),
      "invalid character 'x' looking for beginning of object key string",
    ],
  ])("refuses %s", (_name, raw, detail) => {
    const { code, message } = refusal(() => namespaces.decode(envelope("v1", "Namespace", raw)));
    expect({ code, message }).toEqual({
      code: 400,
      message: `Namespace in version "v1" cannot be handled as a Namespace: ${detail}`,
    });
  });
});

describe("what protobuf allows", () => {
  const read = (raw: Buffer) => namespaces.decode(envelope("v1", "Namespace", raw)).object;

  it("skips fields that it does not know, and groups as deep as they go", () => {
    const groups = bytes(Buffer.alloc(100_000, 0x7b), Buffer.alloc(100_000, 0x7c));
    const unknown = bytes(0x78, 1, 0x79, Buffer.alloc(8), 0x7d, Buffer.alloc(4), field(15, "x"), groups);
    expect(read(bytes(unknown, field(1, bytes(unknown, field(1, "a")))))).toMatchObject({ metadata: { name: "a" } });
  });

  it("takes the last of several scalars and map values, and merges messages and lists", () => {
    const first = field(
      1,
      bytes(field(1, "a"), field(2, "g"), field(14, "f1"), field(11, bytes(field(1, "k"), field(2, "1")))),
    );
    const second = field(
      1,
      bytes(field(1, "b"), field(2, ""), field(14, "f2"), field(11, bytes(field(2, "2"), field(1, "k")))),
    );
    expect(read(bytes(first, second))).toMatchObject({
      metadata: { name: "b", finalizers: ["f1", "f2"], labels: { k: "2" } },
    });
    expect(Object.keys(Object(read(bytes(first, second)).metadata))).not.toContain("generateName");
  });

  it("gives map entries without a key or a value the empty one", () => {
    expect(read(field(1, bytes(field(11, field(1, "k")), field(12, field(2, "v")))))).toMatchObject({
      metadata: { labels: { k: "" }, annotations: { "": "v" } },
    });
  });

  it("reads negative numbers, the epoch and U+FFFD, and the zero time as absent", () => {
    const minusOne = Buffer.concat([Buffer.alloc(9, 0xff), Buffer.from([1])]);
    const epoch = field(8, bytes(0x08, 0));
    expect(read(field(1, bytes(field(1, "\ufffd"), 0x38, minusOne, epoch)))).toMatchObject({
      metadata: { name: "\ufffd", generation: -1, creationTimestamp: "1970-01-01T00:00:00Z" },
    });
    expect(Object(read(field(1, bytes(epoch, field(8, ""))))).metadata).toEqual({});
  });
});
