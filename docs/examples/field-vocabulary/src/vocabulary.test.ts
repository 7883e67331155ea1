import { type FieldOptions, type FieldRecord, fieldRecords } from "@quarterdeck/sdk";
import { expect, it } from "vitest";
import { Pipeline } from "./index.js";
import { Limits } from "./limits.js";
import { Notification } from "./notification.js";
import { PipelineSpec } from "./pipeline-spec.js";
import { Source } from "./source.js";
import { Task } from "./task.js";

/** Every word that `@Field` takes; the compiler sees to it that none is missing here. */
const WORDS: { readonly [word in keyof Required<FieldOptions>]: true } = {
  additionalProperties: true,
  allOf: true,
  anyOf: true,
  default: true,
  description: true,
  embeddedResource: true,
  enum: true,
  example: true,
  exclusiveMaximum: true,
  exclusiveMinimum: true,
  format: true,
  intOrString: true,
  items: true,
  listMapKeys: true,
  listType: true,
  mapType: true,
  maxItems: true,
  maxLength: true,
  maxProperties: true,
  maximum: true,
  minItems: true,
  minLength: true,
  minProperties: true,
  minimum: true,
  multipleOf: true,
  not: true,
  nullable: true,
  patchMergeKey: true,
  patchStrategy: true,
  oneOf: true,
  pattern: true,
  preserveUnknownFields: true,
  properties: true,
  proto: true,
  required: true,
  requiredProperties: true,
  rules: true,
  schema: true,
  title: true,
  type: true,
};

function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([word, inner]) => [word, ...words(inner)]);
}

const RECORDS: readonly FieldRecord[] = [Pipeline, PipelineSpec, Task, Source, Limits, Notification].flatMap(
  (owner) => [...fieldRecords(owner)],
);

it("uses every word of the vocabulary", () => {
  const used = new Set(RECORDS.flatMap(({ options }) => words(options)));
  expect(Object.keys(WORDS).filter((word) => !used.has(word))).toEqual([]);
});

it("uses every type and every kind of list and map", () => {
  const values = JSON.stringify(RECORDS.map(({ options }) => options));
  for (const type of ["string", "integer", "number", "object"]) expect(values).toContain(`"type":"${type}"`);
  for (const type of ["atomic", "set", "map"]) expect(values).toContain(`"listType":"${type}"`);
  for (const type of ["atomic", "granular"]) expect(values).toContain(`"mapType":"${type}"`);
});
