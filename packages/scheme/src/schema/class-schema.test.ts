import { Field, Rule } from "@quarterdeck/sdk";
import { expect, test } from "vitest";
import { compileClassSchema } from "./class-schema.js";
import { countRules } from "./count-rules.js";

class Step {
  @Field({ required: true, proto: 1 })
  name!: string;

  @Field({ type: "integer", default: 1, rules: [{ rule: "self > 0" }], proto: 2 })
  weight!: number;
}

@Rule({ rule: "has(self.base)" })
class Base {
  @Field({ description: "inherited" })
  base?: string;

  @Field()
  replaced?: string;
}

@Rule({ rule: "has(self.text)", message: "say something" })
class Everything extends Base {
  @Field()
  override replaced?: string;

  @Field({
    title: "Text",
    description: "A text",
    pattern: "^a",
    minLength: 1,
    maxLength: 9,
    nullable: true,
    example: "abc",
  })
  text?: string;

  @Field({ minimum: 0, maximum: 1, exclusiveMaximum: true, multipleOf: 0.5 })
  ratio?: number;

  @Field({ format: "int32" })
  count?: number;

  @Field()
  flag?: boolean;

  @Field({ enum: ["A", "B"], default: "A" })
  phase?: "A" | "B";

  @Field({ description: "The first" })
  first?: Step;

  @Field({ items: () => Step, listType: "map", listMapKeys: ["name"], minItems: 0, maxItems: 5 })
  steps?: Step[];

  @Field({ items: () => String, listType: "set" })
  tags?: string[];

  @Field({ additionalProperties: { type: "string" }, mapType: "granular", minProperties: 0, maxProperties: 3 })
  labels?: { [name: string]: string };

  @Field({ additionalProperties: () => Step })
  stepsByName?: { [name: string]: Step };

  @Field({ type: "object", preserveUnknownFields: true })
  open?: object;

  @Field({ preserveUnknownFields: true })
  any?: unknown;

  @Field({ embeddedResource: true, preserveUnknownFields: true })
  template?: object;

  @Field({ intOrString: true })
  port?: number | string;

  @Field({
    properties: { a: { type: "string" }, b: { items: { type: "integer" } } },
    requiredProperties: ["a"],
    anyOf: [{ requiredProperties: ["b"] }, { not: { minProperties: 2 } }],
  })
  inline?: object;

  @Field({ schema: () => Step, rules: [{ rule: "self.weight < 5" }] })
  named?: unknown;
}

const step = {
  type: "object",
  className: "Step",
  properties: {
    name: { type: "string" },
    weight: { type: "integer", default: 1, "x-kubernetes-validations": [{ rule: "self > 0" }] },
  },
  required: ["name"],
  protoFields: { name: 1, weight: 2 },
};

test("every word of the vocabulary has its place in the schema", () => {
  expect(compileClassSchema(Everything)).toEqual({
    type: "object",
    className: "Everything",
    properties: {
      base: { type: "string", description: "inherited" },
      replaced: { type: "string" },
      text: {
        type: "string",
        title: "Text",
        description: "A text",
        nullable: true,
        example: "abc",
        pattern: "^a",
        minLength: 1,
        maxLength: 9,
      },
      ratio: { type: "number", minimum: 0, maximum: 1, exclusiveMaximum: true, multipleOf: 0.5 },
      count: { type: "integer", format: "int32" },
      flag: { type: "boolean" },
      phase: { type: "string", enum: ["A", "B"], default: "A" },
      first: { ...step, description: "The first" },
      steps: {
        type: "array",
        items: step,
        minItems: 0,
        maxItems: 5,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
      },
      tags: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" },
      labels: {
        type: "object",
        additionalProperties: { type: "string" },
        minProperties: 0,
        maxProperties: 3,
        "x-kubernetes-map-type": "granular",
      },
      stepsByName: { type: "object", additionalProperties: step },
      open: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      any: { "x-kubernetes-preserve-unknown-fields": true },
      template: {
        type: "object",
        "x-kubernetes-preserve-unknown-fields": true,
        "x-kubernetes-embedded-resource": true,
      },
      port: { "x-kubernetes-int-or-string": true },
      inline: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "array", items: { type: "integer" } } },
        required: ["a"],
        anyOf: [{ required: ["b"] }, { not: { minProperties: 2 } }],
      },
      named: { ...step, "x-kubernetes-validations": [{ rule: "self.weight < 5" }] },
    },
    "x-kubernetes-validations": [{ rule: "has(self.base)" }, { rule: "has(self.text)", message: "say something" }],
  });
});

test("properties keep the order in which they are written, inherited ones first", () => {
  expect(Object.keys(compileClassSchema(Everything).properties ?? {}).slice(0, 5)).toEqual([
    "base",
    "replaced",
    "text",
    "ratio",
    "count",
  ]);
});

test("rules are counted wherever they stand", () => {
  expect(countRules(compileClassSchema(Everything))).toBe(2 + 1 + 1 + 1 + 2);
});

test("a class may contain itself where unknown fields are preserved", () => {
  class Tree {
    @Field()
    name?: string;

    @Field({ schema: () => Tree, preserveUnknownFields: true })
    child?: unknown;
  }
  expect(compileClassSchema(Tree).properties?.child).toEqual({
    type: "object",
    "x-kubernetes-preserve-unknown-fields": true,
  });
});
