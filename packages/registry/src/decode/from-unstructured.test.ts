import type { JsonValue } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { DecodeError } from "./decode-error.js";
import { fromUnstructured } from "./from-unstructured.js";

const schema: StructuralSchema = {
  type: "object",
  properties: {
    text: { type: "string" },
    uid: { type: "string", go: { owner: "ObjectMeta", type: "types.UID" } },
    flag: { type: "boolean" },
    count: { type: "integer", format: "int32" },
    large: { type: "integer", format: "int64" },
    ratio: { type: "number" },
    list: { type: "array", items: { type: "string" } },
    map: { type: "object", additionalProperties: { type: "string" } },
    struct: { type: "object", properties: { text: { type: "string" } } },
    bytes: { type: "string", form: "bytes" },
    time: { type: "string", form: "time" },
    cpu: { type: "string", form: "quantity" },
    port: { "x-kubernetes-int-or-string": true },
    raw: { type: "object", form: "json" },
  },
};

describe("fromUnstructured", () => {
  it.each<[string, JsonValue, JsonValue]>([
    ["count", 2 ** 31, -(2 ** 31)],
    ["large", 2 ** 31, 2 ** 31],
    ["ratio", 1, 1],
    ["bytes", [65, 66], "QUI="],
    ["raw", 5, 5],
    ["raw", { b: 1 }, { b: 1 }],
    ["port", "http", "http"],
    ["list", null, null],
    ["unknown", [1], [1]],
  ])("takes for %s %j as %j", (field, value, expected) => {
    expect(fromUnstructured(schema, { [field]: value })).toEqual({ [field]: expected });
  });

  it.each<[string, JsonValue, string]>([
    ["text", 5, "cannot convert int64 to string"],
    ["uid", 5, "cannot convert int64 to types.UID"],
    ["text", 1.5, "unrecognized type: string"],
    ["text", true, "unrecognized type: string"],
    ["flag", "x", "unrecognized type: bool"],
    ["flag", 1, "unrecognized type: bool"],
    ["count", "x", "unrecognized type: int32"],
    ["count", 1.5, "cannot convert float64 to int32"],
    ["large", {}, "unrecognized type: int64"],
    ["ratio", "x", "unrecognized type: float64"],
    ["list", "x", "cannot restore slice from string"],
    ["list", [[]], "unrecognized type: string"],
    ["map", [], "cannot restore map from slice"],
    ["map", { a: 5 }, "cannot convert int64 to string"],
    ["struct", 5, "cannot restore struct from: int64"],
    ["struct", { text: {} }, "unrecognized type: string"],
    ["bytes", 5, "cannot restore slice from int64"],
    ["bytes", "xx!", "error decoding from json: illegal base64 data at input byte 2"],
    ["bytes", ["a"], "unrecognized type: uint8"],
    ["time", 5, "json: cannot unmarshal number into Go value of type string"],
    ["time", "x", 'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
    ["port", {}, "json: cannot unmarshal object into Go value of type int32"],
    ["port", 2 ** 31, "json: cannot unmarshal number 2147483648 into Go value of type int32"],
    ["cpu", {}, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ])("refuses for %s %j: %s", (field, value, message) => {
    expect(() => fromUnstructured(schema, { [field]: value })).toThrow(new DecodeError(message));
  });
});
