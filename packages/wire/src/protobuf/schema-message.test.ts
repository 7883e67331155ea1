import type { JsonObject } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { compileDecoder } from "./compile-decoder.js";
import { ProtobufReader } from "./protobuf-reader.js";
import { schemaMessage } from "./schema-message.js";

/** The schema of a kind with one field, of number 2. */
function withField(field: StructuralSchema, required = false): StructuralSchema {
  return {
    type: "object",
    properties: { metadata: { type: "object" }, field },
    ...(required ? { required: ["field"] } : {}),
    protoFields: { field: 2 },
  };
}

function read(schema: StructuralSchema, ...raw: readonly number[]): JsonObject {
  const message = schemaMessage(schema, "Thing");
  if (message === undefined) throw new TypeError("no message");
  const object: JsonObject = {};
  compileDecoder(message)(new ProtobufReader(Buffer.from(raw)), object);
  return object;
}

const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const inner: StructuralSchema = { type: "object", properties: { on: { type: "boolean" } }, protoFields: { on: 1 } };
const intOrString: StructuralSchema = { "x-kubernetes-int-or-string": true };
const json: StructuralSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

describe("the value of a field", () => {
  it.each<[string, StructuralSchema, number[], JsonObject]>([
    ["integer", { type: "integer", format: "int32" }, [0x10, ...minusOne], { field: -1 }],
    ["long", { type: "integer" }, [0x10, 0xff, 0xff, 0xff, 0xff, 0x7f], { field: 34359738367 }],
    ["zero", { type: "integer" }, [0x10, 0], {}],
    ["double", { type: "number" }, [0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f], { field: 1.5 }],
    ["float", { type: "number", format: "float" }, [0x15, 0, 0, 0xc0, 0x3f], { field: 1.5 }],
    ["true", { type: "boolean" }, [0x10, 1], { field: true }],
    ["bytes", { type: "string", format: "byte" }, [0x12, 2, 0xff, 0xfe], { field: "//4=" }],
    ["quantity", { type: "string", format: "quantity" }, [0x12, 4, 0x0a, 2, 0x31, 0x6d], { field: "1m" }],
    [
      "quantity that may be a number",
      { "x-kubernetes-int-or-string": true, format: "quantity" },
      [0x12, 4, 0x0a, 2, 0x31, 0x6d],
      { field: "1m" },
    ],
    ["int of int-or-string", intOrString, [0x12, 15, 8, 0, 0x10, ...minusOne, 0x1a, 0], { field: -1 }],
    ["string of int-or-string", intOrString, [0x12, 9, 8, 1, 0x10, 0, 0x1a, 3, 0x32, 0x35, 0x25], { field: "25%" }],
    ["zero of int-or-string", intOrString, [0x12, 0], { field: 0 }],
    ["JSON", json, [0x12, 9, 0x0a, 7, ...Buffer.from('{"a":1}')], { field: { a: 1 } }],
    ["no JSON", json, [0x12, 0], {}],
    ["message", inner, [0x12, 2, 8, 1], { field: { on: true } }],
    ["empty message", inner, [0x12, 2, 8, 0], {}],
    ["list", { type: "array", items: { type: "integer" } }, [0x10, 0, 0x10, 2], { field: [0, 2] }],
    ["packed list", { type: "array", items: { type: "integer" } }, [0x12, 2, 1, 2, 0x12, 1, 3], { field: [1, 2, 3] }],
    ["list of messages", { type: "array", items: inner }, [0x12, 0, 0x12, 2, 8, 1], { field: [{}, { on: true }] }],
    [
      "map of lists of strings",
      { type: "object", additionalProperties: { type: "array", items: { type: "string" } } },
      [0x12, 11, 0x0a, 1, 0x6b, 0x12, 6, 0x0a, 1, 0x61, 0x0a, 1, 0x62, 0x12, 5, 0x0a, 1, 0x6c, 0x12, 0],
      { field: { k: ["a", "b"], l: [] } },
    ],
    [
      "map of messages",
      { type: "object", additionalProperties: inner },
      [0x12, 3, 0x0a, 1, 0x6b],
      { field: { k: {} } },
    ],
  ])("%s", (_name, schema, raw, expected) => {
    expect(read(withField(schema), ...raw)).toEqual(expected);
  });

  it("is kept when it is empty and required", () => {
    expect(read(withField({ type: "string" }, true), 0x12, 0)).toEqual({ field: "" });
    expect(read(withField(inner, true), 0x12, 0)).toEqual({ field: {} });
  });

  it("must be finite", () => {
    expect(() => read(withField({ type: "number" }), 0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f)).toThrow("not finite");
  });
});

describe("a kind has no protobuf form", () => {
  it.each<[string, StructuralSchema]>([
    ["without numbers", { type: "object", properties: { field: { type: "string" } } }],
    [
      "with one number missing",
      { ...withField({ type: "string" }), properties: { field: { type: "string" }, other: { type: "string" } } },
    ],
    ["with one missing inside", withField({ type: "object", properties: { on: { type: "boolean" } } })],
    ["with metadata's number", { ...withField({ type: "string" }), protoFields: { field: 1 } }],
    ["with lists of lists", withField({ type: "array", items: { type: "array", items: { type: "string" } } })],
    ["with a value of any type", withField({})],
  ])("%s", (_name, schema) => {
    expect(schemaMessage(schema, "Thing")).toBeUndefined();
  });
});
