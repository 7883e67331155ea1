import type { JsonObject } from "@quarterdeck/meta";
import { type FieldShape, type MessageShape, messageShape, type ScalarShape } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { GOLDEN } from "../testing/golden-bodies.fixture.js";
import { encodeMessage } from "./encode-message.js";
import { DELETE_OPTIONS, SCALE, STATUS } from "./meta-messages.js";
import { objectMessage } from "./object-message.js";
import { bytes, field } from "./protobuf-bytes.fixture.js";
import { resourceOf } from "./protobuf-kinds.fixture.js";
import { sealObject } from "./seal-envelope.js";

function messageOf(kind: string): MessageShape {
  const descriptor = resourceOf(kind);
  const message = objectMessage(descriptor, descriptor.storageVersion);
  if (message === undefined) throw new TypeError(`${kind} has no message`);
  return message;
}

function one(value: FieldShape["value"], zero: FieldShape["zero"] = "omit", number = 2): MessageShape {
  return messageShape("Thing", [{ name: "field", number, value, repeat: "one", zero }]);
}

const inner = messageShape("Inner", [
  { name: "on", number: 1, value: "bool", repeat: "one", zero: "pointer" },
  { name: "count", number: 3, value: "int32", repeat: "one", zero: "omit" },
]);
const NEGATIVE = Buffer.concat([Buffer.alloc(9, 0xff), Buffer.from([1])]);

describe("what is written", () => {
  const messages: { readonly [name in keyof typeof GOLDEN]: MessageShape } = {
    emptyNamespace: messageOf("Namespace"),
    namespace: messageOf("Namespace"),
    configMap: messageOf("ConfigMap"),
    secret: messageOf("Secret"),
    event: messageOf("Event"),
    deleteOptions: DELETE_OPTIONS,
    emptyDeleteOptions: DELETE_OPTIONS,
    scale: SCALE,
    status: STATUS,
  };

  it.each(Object.entries(GOLDEN))("is what Go writes: %s", (name, { hex, object }) => {
    const message = Object.entries(messages).find(([golden]) => golden === name)?.[1];
    expect(sealObject(message ?? STATUS, JSON.parse(JSON.stringify(object))).toString("hex")).toBe(hex);
  });

  it.each<[ScalarShape, JsonObject[string], Buffer]>([
    ["string", "é", bytes(0x12, 2, "é")],
    ["string", "a".repeat(300), field(2, "a".repeat(300))],
    ["string", "\ud800", bytes(0x12, 3, "\ufffd")],
    ["int32", -1, bytes(0x10, NEGATIVE)],
    ["int32", 300, bytes(0x10, 0xac, 2)],
    ["int64", 2 ** 32, bytes(0x10, 0x80, 0x80, 0x80, 0x80, 0x10)],
    ["int64", -2, bytes(0x10, 0xfe, Buffer.alloc(8, 0xff), 1)],
    ["double", 1, bytes(0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)],
    ["float", 1, bytes(0x15, 0, 0, 0x80, 0x3f)],
    ["time", "1970-01-01T00:01:40Z", field(2, bytes(0x08, 100, 0x10, 0))],
    ["time", "1970-01-01T01:01:40.5+01:00", field(2, bytes(0x08, 100, 0x10, 0))],
    ["time", "0001-01-01T00:00:00Z", field(2, "")],
    ["time", null, field(2, "")],
    ["micro-time", "1970-01-01T00:00:01.000002Z", field(2, bytes(0x08, 1, 0x10, 0xd0, 0x0f))],
    ["micro-time", "1969-12-31T23:59:59.000002Z", field(2, bytes(0x08, NEGATIVE, 0x10, 0xd0, 0x0f))],
    ["quantity", 2, field(2, field(1, "2"))],
    ["int-or-string", 8080, field(2, bytes(0x08, 0, 0x10, 0x90, 0x3f, 0x1a, 0))],
    ["int-or-string", "25%", field(2, bytes(0x08, 1, 0x10, 0, 0x1a, 3, "25%"))],
    ["duration", "1.5s", field(2, bytes(0x08, 0x80, 0xde, 0xa0, 0xcb, 5))],
    ["bytes", "AAE=", field(2, bytes(0, 1))],
    ["json", { a: "é" }, field(2, field(1, '{"a":"é"}'))],
  ])("has %s as %j", (shape, value, expected) => {
    expect(encodeMessage(one(shape), { field: value }).toString("hex")).toBe(expected.toString("hex"));
    expect(encodeMessage(one(shape, "pointer"), {})).toHaveLength(0);
  });

  it.each<[FieldShape["value"], Buffer]>([
    ["string", field(2, "")],
    ["bool", bytes(0x10, 0)],
    ["int64", bytes(0x10, 0)],
    ["quantity", field(2, field(1, "0"))],
    ["int-or-string", field(2, bytes(0x08, 0, 0x10, 0, 0x1a, 0))],
    ["time", field(2, "")],
    ["json", field(2, "")],
    // Go tells an absent slice from an empty one.
    ["bytes", Buffer.alloc(0)],
    [inner, field(2, bytes(0x18, 0))],
    [{ variant: "or-bool", schema: inner }, field(2, bytes(0x08, 0))],
  ])("has %j that is no pointer when it is absent, too", (value, expected) => {
    for (const zero of ["omit", "keep"] as const) {
      expect(encodeMessage(one(value, zero), {}).toString("hex")).toBe(expected.toString("hex"));
    }
  });

  it("has lists item by item and maps by their keys' bytes, when they have any", () => {
    const lists = messageShape("Lists", [
      { name: "list", number: 1, value: "int32", repeat: "list", zero: "omit" },
      { name: "map", number: 20, value: inner, repeat: "map", zero: "omit" },
    ]);
    expect(encodeMessage(lists, { list: [], map: {} })).toHaveLength(0);
    expect(encodeMessage(lists, { list: null })).toHaveLength(0);
    const entry = (key: string) => bytes(0xa2, 1, 6 + Buffer.byteLength(key), field(1, key), field(2, bytes(0x18, 0)));
    const map = { "\u{1f600}": {}, "10": {}, "9": {}, "\uffee": {} };
    expect(encodeMessage(lists, { list: [0, -1], map }).toString("hex")).toBe(
      bytes(0x08, 0, 0x08, NEGATIVE, entry("10"), entry("9"), entry("\uffee"), entry("\u{1f600}")).toString("hex"),
    );
  });

  it.each<[string, "or-bool" | "or-array" | "or-strings", JsonObject[string], Buffer]>([
    ["true", "or-bool", true, bytes(0x08, 1)],
    ["a schema that is allowed", "or-bool", {}, bytes(0x08, 1, field(2, bytes(0x18, 0)))],
    ["a schema", "or-array", { on: true }, field(1, bytes(0x08, 1, 0x18, 0))],
    ["schemas", "or-array", [{}], field(2, bytes(0x18, 0))],
    ["strings", "or-strings", ["a"], field(2, "a")],
  ])("has a variant of %s", (_what, variant, value, content) => {
    expect(encodeMessage(one({ variant, schema: inner }, "pointer"), { field: value }).toString("hex")).toBe(
      field(2, content).toString("hex"),
    );
  });

  it("has the fields of an inlined message in one of their own", () => {
    const outer = messageShape("Outer", [
      { name: "name", number: 1, value: "string", repeat: "one", zero: "keep" },
      { name: "", number: 2, value: inner, repeat: "one", zero: "keep", inline: true },
    ]);
    expect(encodeMessage(outer, { name: "a", on: false })).toEqual(
      bytes(field(1, "a"), field(2, bytes(8, 0, 0x18, 0))),
    );
  });

  it("may be larger than the memory that is kept, and the writer is sound after an error", () => {
    const text = "x".repeat(3_000_000);
    expect(encodeMessage(one("string"), { field: text }).equals(field(2, text))).toBe(true);
    expect(() => encodeMessage(one("string"), { field: 1 })).toThrow("a number where protobuf has a string");
    expect(() => encodeMessage(one("time"), { field: "soon" })).toThrow("is no time");
    expect(encodeMessage(one("bool"), { field: true })).toEqual(bytes(0x10, 1));
  });
});
