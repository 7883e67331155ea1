import { FieldErrors, formatFieldError, type JsonValue } from "@quarterdeck/meta";
import { describe, expect, test } from "vitest";
import { compileNormaliser } from "../normalise/compile-normaliser.js";
import type { StructuralSchema } from "../schema/structural-schema.js";

function findings(field: StructuralSchema, value: JsonValue | undefined, required?: string[]) {
  const spec: StructuralSchema = {
    type: "object",
    properties: { field },
    ...(required === undefined ? {} : { required }),
  };
  const errors = new FieldErrors();
  const object = { spec: value === undefined ? {} : { field: value } };
  compileNormaliser({ type: "object", properties: { spec } }).validate(object, errors);
  return errors.list;
}

function texts(field: StructuralSchema, value: JsonValue): string[] {
  return findings(field, value).map(formatFieldError);
}

const integer: StructuralSchema = { type: "integer" };
const string: StructuralSchema = { type: "string" };
const list: StructuralSchema = { type: "array", items: string };
const map: StructuralSchema = { type: "object", additionalProperties: string };

describe("wording and reasons are upstream's", () => {
  test.each<[StructuralSchema, JsonValue, string, string]>([
    [
      { ...integer, maximum: 100 },
      101,
      "FieldValueInvalid",
      "Invalid value: 101: spec.field in body should be less than or equal to 100",
    ],
    [
      { ...integer, maximum: 100, exclusiveMaximum: true },
      100,
      "FieldValueInvalid",
      "Invalid value: 100: spec.field in body should be less than 100",
    ],
    [
      { ...integer, minimum: 1 },
      0,
      "FieldValueInvalid",
      "Invalid value: 0: spec.field in body should be greater than or equal to 1",
    ],
    [
      { ...integer, minimum: 1, exclusiveMinimum: true },
      1,
      "FieldValueInvalid",
      "Invalid value: 1: spec.field in body should be greater than 1",
    ],
    [
      { ...integer, multipleOf: 5 },
      7,
      "FieldValueInvalid",
      "Invalid value: 7: spec.field in body should be a multiple of 5",
    ],
    [
      { ...string, minLength: 3 },
      "ab",
      "FieldValueInvalid",
      'Invalid value: "ab": spec.field in body should be at least 3 chars long',
    ],
    [{ ...string, maxLength: 3 }, "abcd", "FieldValueTooLong", "Too long: may not be more than 3 bytes"],
    [
      { ...string, pattern: "^a+$" },
      "b",
      "FieldValueInvalid",
      "Invalid value: \"b\": spec.field in body should match '^a+$'",
    ],
    [
      { ...string, enum: ["a", "b"] },
      "x",
      "FieldValueNotSupported",
      'Unsupported value: "x": supported values: "a", "b"',
    ],
    [{ ...integer, enum: [1, 2] }, 3, "FieldValueNotSupported", 'Unsupported value: 3: supported values: "1", "2"'],
    [
      { ...string, format: "date-time" },
      "x",
      "FieldValueTypeInvalid",
      'Invalid value: "x": spec.field in body must be of type date-time: "x"',
    ],
    [
      { ...list, minItems: 2 },
      ["a"],
      "FieldValueInvalid",
      "Invalid value: 1: spec.field in body should have at least 2 items",
    ],
    [{ ...list, maxItems: 2 }, ["a", "b", "c"], "FieldValueTooMany", "Too many: 3: must have at most 2 items"],
    [
      { ...map, minProperties: 2 },
      { a: "1" },
      "FieldValueInvalid",
      "Invalid value: 1: spec.field in body should have at least 2 properties",
    ],
    [
      { ...map, maxProperties: 2 },
      { a: "", b: "", c: "" },
      "FieldValueTooMany",
      "Too many: 3: must have at most 2 items",
    ],
    [
      integer,
      "x",
      "FieldValueTypeInvalid",
      'Invalid value: "string": spec.field in body must be of type integer: "string"',
    ],
  ])("%j on %j", (schema, value, reason, message) => {
    expect(findings(schema, value)).toEqual([{ reason, field: "spec.field", message }]);
  });

  test("a required field that is missing", () => {
    expect(findings(string, undefined, ["field"])).toEqual([
      { reason: "FieldValueRequired", field: "spec.field", message: "Required value" },
    ]);
    expect(findings(string, "", ["field"])).toEqual([]);
  });

  test("numbers beyond int32 are reported without a place, as upstream reports them", () => {
    expect(findings({ ...integer, format: "int32" }, 2 ** 31)).toEqual([
      {
        reason: "FieldValueInvalid",
        field: "<nil>",
        message: 'Invalid value: "": Checked value must be of type integer with format int32 in spec.field',
      },
    ]);
    expect(findings({ ...integer, format: "int32" }, -(2 ** 31))).toEqual([]);
  });
});

describe("limits are inclusive and lengths count characters", () => {
  test.each<[StructuralSchema, JsonValue]>([
    [{ ...integer, minimum: 1, maximum: 1 }, 1],
    [{ type: "number", multipleOf: 0.1 }, 0.3],
    [{ ...string, maxLength: 2 }, "\u{1f600}\u{1f600}"],
    [{ ...string, minLength: 2, pattern: "^.+$" }, "ab"],
    [{ ...list, minItems: 1, maxItems: 1 }, ["a"]],
    [{ ...string, enum: ["a"] }, "a"],
    [{ enum: [{ a: [1] }], type: "object", "x-kubernetes-preserve-unknown-fields": true }, { a: [1] }],
    [{ ...string, nullable: true }, null],
    [{ ...string, format: "no-such-format" }, "anything"],
  ])("%j takes %j", (schema, value) => {
    expect(texts(schema, value)).toEqual([]);
  });

  test("a character beyond U+FFFF counts once", () => {
    expect(texts({ ...string, minLength: 2 }, "\u{1f600}")).toHaveLength(1);
  });
});

test("paths reach through lists and maps", () => {
  const schema: StructuralSchema = { type: "array", items: { type: "object", additionalProperties: integer } };
  expect(texts(schema, [{ a: 1 }, { b: "x" }])).toEqual([
    'spec.field[1].b: Invalid value: "string": spec.field[1].b in body must be of type integer: "string"',
  ]);
});

describe("anyOf, oneOf, allOf, not", () => {
  test("anyOf reports that none fits and what is missing to the closest", () => {
    const schema: StructuralSchema = { ...integer, anyOf: [{ minimum: 10, multipleOf: 2 }, { maximum: 0 }] };
    expect(texts(schema, 12)).toEqual([]);
    expect(texts(schema, 3)).toEqual([
      '<nil>: Invalid value: "": "spec.field" must validate at least one schema (anyOf)',
      "spec.field: Invalid value: 3: spec.field in body should be less than or equal to 0",
    ]);
  });

  test("oneOf counts what fits", () => {
    const schema: StructuralSchema = {
      type: "object",
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
      additionalProperties: integer,
    };
    expect(texts(schema, { a: 1 })).toEqual([]);
    expect(texts(schema, { a: 1, b: 1 })).toEqual([
      '<nil>: Invalid value: "": "spec.field" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ]);
    expect(texts(schema, {})).toEqual([
      '<nil>: Invalid value: "": "spec.field" must validate one and only one schema (oneOf). Found none valid',
      "spec.field.a: Required value",
    ]);
  });

  test("allOf and not", () => {
    expect(texts({ ...string, allOf: [{ minLength: 2 }, { pattern: "^a" }] }, "b")).toEqual([
      'spec.field: Invalid value: "b": spec.field in body should be at least 2 chars long',
      "spec.field: Invalid value: \"b\": spec.field in body should match '^a'",
      '<nil>: Invalid value: "": "spec.field" must validate all the schemas (allOf). None validated',
    ]);
    expect(texts({ ...string, not: { enum: ["root"] } }, "root")).toEqual([
      '<nil>: Invalid value: "": "spec.field" must not validate the schema (not)',
    ]);
    expect(texts({ ...string, not: { enum: ["root"] } }, "me")).toEqual([]);
  });
});

describe("lists of type set and map", () => {
  const set: StructuralSchema = { ...list, "x-kubernetes-list-type": "set" };
  const entries: StructuralSchema = {
    type: "array",
    items: { type: "object", properties: { name: string, port: integer } },
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["name"],
  };

  test("a repeated item is reported once, at its second place", () => {
    expect(findings(set, ["a", "b", "a", "a"])).toEqual([
      { reason: "FieldValueDuplicate", field: "spec.field[2]", message: 'Duplicate value: "a"' },
    ]);
    expect(
      texts({ type: "array", items: { "x-kubernetes-int-or-string": true }, "x-kubernetes-list-type": "set" }, [
        1,
        "1",
      ]),
    ).toEqual([]);
  });

  test("a repeated key is reported with its key fields", () => {
    expect(
      texts(entries, [
        { name: "a", port: 1 },
        { name: "a", port: 2 },
      ]),
    ).toEqual(['spec.field[1]: Duplicate value: {"name":"a"}']);
    const twoKeys: StructuralSchema = { ...entries, "x-kubernetes-list-map-keys": ["name", "port"] };
    expect(
      texts(twoKeys, [
        { name: "a", port: 1 },
        { name: "a", port: 2 },
      ]),
    ).toEqual([]);
    expect(
      texts(twoKeys, [
        { name: "a", port: 1 },
        { name: "a", port: 1 },
      ]),
    ).toEqual(['spec.field[1]: Duplicate value: {"name":"a","port":1}']);
  });

  test("below a map the key stands in brackets", () => {
    expect(texts({ type: "object", additionalProperties: set }, { x: ["a", "a"] })).toEqual([
      'spec.field[x][1]: Duplicate value: "a"',
    ]);
  });
});

test("an embedded resource names its kind and version", () => {
  const schema: StructuralSchema = {
    type: "object",
    "x-kubernetes-embedded-resource": true,
    "x-kubernetes-preserve-unknown-fields": true,
  };
  expect(texts(schema, { apiVersion: "v1", kind: "ConfigMap", metadata: {} })).toEqual([]);
  expect(texts(schema, { apiVersion: "a/b/c", metadata: "x" })).toEqual([
    'spec.field.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    "spec.field.kind: Required value",
    'spec.field.metadata: Invalid value: "x": must be an object',
  ]);
});
