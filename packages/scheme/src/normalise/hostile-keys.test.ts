import { FieldErrors, isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileNormaliser } from "./compile-normaliser.js";

const HOSTILE = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "valueOf",
  "",
];

const leaf: StructuralSchema = { type: "string" };
const built: StructuralSchema = { type: "object", properties: { name: leaf } };
const counted: StructuralSchema = { type: "integer", default: 7 };
const schema: StructuralSchema = {
  type: "object",
  properties: {
    constructor: built,
    toString: counted,
    labels: { type: "object", additionalProperties: leaf },
    open: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    list: { type: "array", items: { type: "object", properties: { valueOf: leaf } } },
    any: { "x-kubernetes-preserve-unknown-fields": true },
  },
};
const normaliser = compileNormaliser(schema);

const key = fc.oneof(fc.constantFrom(...HOSTILE, "labels", "open", "list", "any", "a"), fc.string({ maxLength: 3 }));
const { value: json } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("null", "true", "1", "1.5", '"text"'),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(key, tie("value")), { maxLength: 6 })
    .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
}));
const object = fc
  .array(fc.tuple(key, json), { maxLength: 8 })
  .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`);

/** Every object inside is plain: a key of the client never became a prototype. */
function expectPlain(value: JsonValue | undefined): void {
  if (Array.isArray(value)) for (const item of value) expectPlain(item);
  else if (isJsonObject(value)) {
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    for (const name of Object.keys(value)) expectPlain(value[name]);
  }
}

test("never throws, never pollutes, and changes nothing when it runs again", () => {
  fc.assert(
    fc.property(object, (text) => {
      const before = Object.getOwnPropertyNames(Object.prototype).length;
      const input: JsonObject = JSON.parse(text);
      const report = { unknown: [], errors: new FieldErrors() };
      const output = normaliser.normalise(input, report);
      const findings = new FieldErrors();
      normaliser.validate(output, findings);
      expectPlain(output);
      expect(JSON.stringify(input)).toBe(JSON.stringify(JSON.parse(text)));
      expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
      const again = normaliser.normalise(output, { unknown: [], errors: new FieldErrors() });
      expect(JSON.stringify(again)).toBe(JSON.stringify(output));
      expect(findings.empty).toBe(report.errors.empty);
    }),
    { numRuns: 2000 },
  );
});

test("hostile keys of a map are data", () => {
  const input: JsonObject = JSON.parse('{"labels":{"__proto__":"a","constructor":"b"}}');
  const output = normaliser.normalise(input, { unknown: [], errors: new FieldErrors() });
  expect(JSON.stringify(output)).toBe('{"toString":7,"labels":{"__proto__":"a","constructor":"b"}}');
});

test("inherited properties are not taken for fields", () => {
  const output = normaliser.normalise({ list: [{}] }, { unknown: [], errors: new FieldErrors() });
  expect(JSON.stringify(output)).toBe('{"toString":7,"list":[{}]}');
});
