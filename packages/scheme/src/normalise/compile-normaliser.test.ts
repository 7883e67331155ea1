import { FieldErrors, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileNormaliser } from "./compile-normaliser.js";
import { MAX_FINDINGS } from "./walk.js";

function normalise(
  properties: { [name: string]: StructuralSchema },
  input: JsonObject,
  root: "resource" | "value" = "value",
) {
  const report = { unknown: [], errors: new FieldErrors() };
  const output = compileNormaliser({ type: "object", properties }, root).normalise(input, report);
  return { output, text: JSON.stringify(output), unknown: report.unknown, errors: report.errors.list };
}

const text: StructuralSchema = { type: "string" };

test("puts kind, apiVersion and metadata of a resource first and passes metadata on by reference", () => {
  const metadata = { name: "a", zzz: 1 };
  const { output, text: json } = normalise(
    { b: text, a: text },
    { a: "1", metadata, b: "2", apiVersion: "v1", kind: "K" },
    "resource",
  );
  expect(json).toBe('{"kind":"K","apiVersion":"v1","metadata":{"name":"a","zzz":1},"b":"2","a":"1"}');
  expect(output.metadata).toBe(metadata);
});

test("a value has no kind, apiVersion and metadata of its own", () => {
  expect(normalise({ a: text }, { kind: "K", a: "1" })).toMatchObject({ text: '{"a":"1"}', unknown: ["kind"] });
});

test("leaves out unknown fields and names them in upstream's form, sorted", () => {
  const step: StructuralSchema = { type: "object", properties: { name: text } };
  const { text: json, unknown } = normalise(
    { spec: { type: "object", properties: { steps: { type: "array", items: step } } } },
    { zoo: 1, spec: { steps: [{ bar: 1, name: "a" }], foo: { deep: true } } },
  );
  expect(json).toBe('{"spec":{"steps":[{"name":"a"}]}}');
  expect(unknown).toEqual(["spec.foo", "spec.steps[0].bar", "zoo"]);
});

test("sorts the keys of maps by their bytes", () => {
  const { text: json } = normalise(
    { labels: { type: "object", additionalProperties: text } },
    { labels: { "\u{1f600}": "3", "\uffee": "2", b: "1", a: "0" } },
  );
  expect(json).toBe('{"labels":{"a":"0","b":"1","\uffee":"2","\u{1f600}":"3"}}');
});

test("fills defaults where the parent is there, and only there", () => {
  const spec: StructuralSchema = { type: "object", properties: { replicas: { type: "integer", default: 1 } } };
  expect(normalise({ spec }, {}).text).toBe("{}");
  expect(normalise({ spec }, { spec: {} }).text).toBe('{"spec":{"replicas":1}}');
  expect(normalise({ spec: { ...spec, default: {} } }, {}).text).toBe('{"spec":{"replicas":1}}');
});

test("makes a fresh default each time", () => {
  const schema: StructuralSchema = {
    type: "object",
    properties: { tags: { type: "array", items: text, default: ["a"] } },
  };
  const normaliser = compileNormaliser(schema, "value");
  const first = normaliser.normalise({}, { unknown: [], errors: new FieldErrors() });
  const second = normaliser.normalise({}, { unknown: [], errors: new FieldErrors() });
  expect(first).toEqual({ tags: ["a"] });
  expect(first.tags).not.toBe(second.tags);
});

test("null is absent unless the field is nullable", () => {
  const properties: { [name: string]: StructuralSchema } = {
    plain: text,
    filled: { type: "string", default: "x" },
    nullable: { type: "string", nullable: true, default: "x" },
    map: { type: "object", additionalProperties: text },
    filledMap: { type: "object", additionalProperties: { type: "string", default: "y" } },
  };
  const input = { plain: null, filled: null, nullable: null, map: { a: null, b: "1" }, filledMap: { a: null } };
  const { text: json, errors } = normalise(properties, input);
  expect(json).toBe('{"filled":"x","nullable":null,"map":{"b":"1"},"filledMap":{"a":"y"}}');
  expect(errors).toEqual([]);
});

test("null items are defaulted, kept when nullable, else of the wrong type", () => {
  const properties: { [name: string]: StructuralSchema } = {
    filled: { type: "array", items: { type: "string", default: "x" } },
    nullable: { type: "array", items: { type: "string", nullable: true } },
    plain: { type: "array", items: text },
  };
  const { output, errors } = normalise(properties, { filled: [null], nullable: [null], plain: ["a", null] });
  expect(output).toEqual({ filled: ["x"], nullable: [null], plain: ["a", null] });
  expect(errors).toEqual([
    {
      reason: "FieldValueTypeInvalid",
      field: "plain[1]",
      message: 'Invalid value: "null": plain[1] in body must be of type string: "null"',
    },
  ]);
});

test.each<["integer" | "string" | "boolean" | "number" | "object" | "array", JsonValue, string]>([
  ["integer", "x", "string"],
  ["integer", 1.5, "number"],
  ["integer", 2 ** 53, "number"],
  ["integer", true, "boolean"],
  ["string", 1, "integer"],
  ["boolean", "true", "string"],
  ["number", "1", "string"],
  ["object", [], "array"],
  ["array", {}, "object"],
])("reports that %s is not %j", (type, value, found) => {
  const schema: StructuralSchema = type === "array" ? { type, items: text } : { type };
  const { errors } = normalise({ spec: { type: "object", properties: { field: schema } } }, { spec: { field: value } });
  expect(errors).toEqual([
    {
      reason: "FieldValueTypeInvalid",
      field: "spec.field",
      message: `Invalid value: "${found}": spec.field in body must be of type ${type}: "${found}"`,
    },
  ]);
});

test("takes integers and strings for int-or-string, and whole numbers for numbers", () => {
  const properties: { [name: string]: StructuralSchema } = {
    port: { "x-kubernetes-int-or-string": true },
    ratio: { type: "number" },
  };
  expect(normalise(properties, { port: "http", ratio: 1 }).errors).toEqual([]);
  expect(normalise(properties, { port: 80, ratio: 0.5 }).errors).toEqual([]);
  expect(normalise(properties, { port: 80.5 }).errors[0]?.message).toBe(
    'Invalid value: "number": port in body must be of type integer,string: "number"',
  );
});

test("keeps unknown fields where they are to be preserved, and copies them", () => {
  const extra = { z: [1, { y: null, x: 2 }], a: "b" };
  const schema: StructuralSchema = {
    type: "object",
    properties: { known: text },
    "x-kubernetes-preserve-unknown-fields": true,
  };
  const { output, text: json, unknown } = normalise({ open: schema }, { open: { ...extra, known: "k" } });
  expect(json).toBe('{"open":{"known":"k","a":"b","z":[1,{"x":2,"y":null}]}}');
  extra.z.push(2);
  expect(output.open).toHaveProperty("z", [1, { x: 2, y: null }]);
  expect(unknown).toEqual([]);
});

test("keeps apiVersion, kind and metadata of an embedded resource", () => {
  const schema: StructuralSchema = {
    type: "object",
    "x-kubernetes-embedded-resource": true,
    properties: { spec: { type: "object", properties: { a: text } } },
  };
  const { text: json, unknown } = normalise(
    { template: schema },
    {
      template: {
        spec: { a: "1", b: "2" },
        metadata: { labels: { b: "1", a: "2" } },
        kind: "K",
        apiVersion: "v1",
        other: 1,
      },
    },
  );
  expect(json).toBe(
    '{"template":{"apiVersion":"v1","kind":"K","metadata":{"labels":{"a":"2","b":"1"}},"spec":{"a":"1"}}}',
  );
  expect(unknown).toEqual(["template.other", "template.spec.b"]);
});

test("names no more than a bounded number of mistakes, however large the input", () => {
  const many: JsonObject = { items: Array.from({ length: 20_000 }, () => "x") };
  for (let index = 0; index < 200_000; index++) many[`f${index}`] = 1;
  const { errors, unknown, text: json } = normalise({ items: { type: "array", items: { type: "integer" } } }, many);
  expect(errors).toHaveLength(MAX_FINDINGS);
  expect(unknown).toHaveLength(MAX_FINDINGS);
  expect(json).not.toContain("f1");
});
