import type { JsonObject } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { Definitions } from "./definitions.js";
import type { OpenApiDialect } from "./meta-references.js";
import { SchemaWriter } from "./schema-definition.js";

function write(
  schema: StructuralSchema,
  dialect: OpenApiDialect = "v3",
  flavour: "typed" | "custom" = "custom",
): { schema: JsonObject; all: JsonObject } {
  const definitions = new Definitions(dialect, []);
  definitions.reserve("p.Rollout");
  const written = new SchemaWriter(definitions, "p.", flavour).input(schema, {
    group: "p",
    version: "v1",
    kind: "Rollout",
  });
  return { schema: written, all: definitions.all() };
}

const STEP: StructuralSchema = { type: "object", className: "Step", properties: { name: { type: "string" } } };

describe("SchemaWriter", () => {
  it("keeps validations and extensions, and no private keys", () => {
    const schema: StructuralSchema = {
      type: "array",
      items: { type: "string", pattern: "^a", maxLength: 3, enum: ["a"], default: "a", nullable: true },
      minItems: 1,
      "x-kubernetes-list-type": "set",
      "x-kubernetes-validations": [{ rule: "size(self) < 9", message: "too long" }],
      protoFields: { a: 1 },
    };
    const { protoFields, ...visible } = schema;
    expect(protoFields).toBeDefined();
    expect(write(schema).schema).toEqual(visible);
  });

  it("gives a nested class a definition of its own, what belongs to the place beside the reference", () => {
    const place: StructuralSchema = { ...STEP, description: "The first.", default: {} };
    const definition = { "p.Step": { type: "object", properties: { name: { type: "string" } } } };
    expect(write(place)).toEqual({
      schema: { allOf: [{ $ref: "#/components/schemas/p.Step" }], description: "The first.", default: {} },
      all: definition,
    });
    expect(write(place, "v2")).toEqual({
      schema: { $ref: "#/definitions/p.Step", description: "The first.", default: {} },
      all: definition,
    });
    expect(write(STEP).schema).toEqual({ $ref: "#/components/schemas/p.Step" });
  });

  it("says of a definition what the type is, and beside the reference what the place is", () => {
    const type: StructuralSchema = { ...STEP, definition: "io.Step", definitionDescription: "Step is a step." };
    const { schema, all } = write({
      type: "object",
      properties: { a: { ...type, description: "The first." }, b: type },
    });
    expect(schema.properties).toEqual({
      a: { allOf: [{ $ref: "#/components/schemas/io.Step" }], description: "The first." },
      b: { $ref: "#/components/schemas/io.Step" },
    });
    expect(all).toEqual({
      "io.Step": { type: "object", description: "Step is a step.", properties: { name: { type: "string" } } },
    });
  });

  it("has zero values of Go's types as defaults in v3, though not in lists and maps, and none in Swagger 2.0", () => {
    const go = { owner: "Step", type: "string" };
    const item: StructuralSchema = { type: "string", go, default: "" };
    const { properties: list } = write({
      type: "object",
      properties: {
        name: item,
        names: { type: "array", items: item },
        map: { type: "object", additionalProperties: item },
      },
    }).schema;
    expect(list).toEqual({
      name: { type: "string", default: "" },
      names: { type: "array", items: { type: "string" } },
      map: { type: "object", additionalProperties: { type: "string" } },
    });
    expect(write(item, "v2").schema).toEqual({ type: "string" });
  });

  it("refers to the types that are no objects by their names, and to one within itself", () => {
    const machinery = "io.k8s.apimachinery.pkg";
    const port: StructuralSchema = { definition: `${machinery}.util.intstr.IntOrString`, default: 0 };
    const props: StructuralSchema = {
      type: "object",
      definition: "io.Props",
      properties: { port, not: { type: "object", definition: "io.Props" } },
    };
    const { schema, all } = write(props);
    expect(schema).toEqual({ $ref: "#/components/schemas/io.Props" });
    expect(all["io.Props"]).toMatchObject({
      properties: { port: { $ref: `#/components/schemas/${machinery}.util.intstr.IntOrString` }, not: schema },
      "x-kubernetes-group-version-kind": [{ group: "p", kind: "Rollout", version: "v1" }],
    });
    expect(all[`${machinery}.util.intstr.IntOrString`]).toMatchObject({
      oneOf: [{ type: "integer" }, { type: "string" }],
    });
    expect(write(props, "v2").all[`${machinery}.util.intstr.IntOrString`]).toMatchObject({ type: "string" });
  });

  it("writes a class inline when its name stands for something else", () => {
    const other: StructuralSchema = { ...STEP, properties: { title: { type: "string" } } };
    const kind: StructuralSchema = { ...STEP, className: "Rollout" };
    const { schema, all } = write({ type: "object", properties: { a: STEP, b: other, c: STEP, d: kind } });
    expect(schema.properties).toEqual({
      a: { $ref: "#/components/schemas/p.Step" },
      b: { type: "object", properties: { title: { type: "string" } } },
      c: { $ref: "#/components/schemas/p.Step" },
      d: { type: "object", properties: { name: { type: "string" } } },
    });
    expect(Object.keys(all)).toEqual(["p.Step"]);
  });

  it("leaves to Swagger 2.0 what it can say", () => {
    const schema: StructuralSchema = {
      type: "object",
      properties: {
        maybe: { ...STEP, nullable: true, description: "May be null." },
        port: { "x-kubernetes-int-or-string": true, anyOf: [{ minimum: 0 }] },
      },
      not: { required: ["maybe"] },
    };
    expect(write(schema, "v2")).toEqual({
      schema: {
        type: "object",
        properties: { maybe: { description: "May be null." }, port: { "x-kubernetes-int-or-string": true } },
      },
      all: {},
    });
    expect(write(schema, "v3").schema).toMatchObject({
      properties: { maybe: { nullable: true }, port: { anyOf: [{ minimum: 0 }] } },
      not: { required: ["maybe"] },
    });
  });

  it("says of an embedded resource what every object has", () => {
    const { schema, all } = write({ type: "object", "x-kubernetes-embedded-resource": true, required: ["spec"] });
    expect(Object.keys(schema.properties ?? {})).toEqual(["apiVersion", "kind", "metadata"]);
    expect(schema.required).toEqual(["spec", "apiVersion", "kind"]);
    expect(Object.keys(all)).toContain("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
  });

  it.each<["typed" | "custom", StructuralSchema, JsonObject]>([
    [
      "typed",
      { items: STEP, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"] },
      { "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "name" },
    ],
    ["custom", { items: STEP, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"] }, {}],
    ["typed", { items: STEP, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name", "port"] }, {}],
    ["typed", { items: STEP, "x-kubernetes-list-type": "atomic" }, {}],
    ["typed", { items: STEP }, {}],
    [
      "typed",
      { items: { type: "string" }, "x-kubernetes-list-type": "set" },
      { "x-kubernetes-patch-strategy": "merge" },
    ],
    ["typed", { items: STEP, "x-kubernetes-list-type": "set" }, {}],
    [
      "typed",
      {
        items: STEP,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name", "port"],
        "x-kubernetes-patch-merge-key": "port",
      },
      { "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "port" },
    ],
    [
      "typed",
      {
        items: STEP,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        "x-kubernetes-patch-strategy": "merge,retainKeys",
      },
      { "x-kubernetes-patch-strategy": "merge,retainKeys", "x-kubernetes-patch-merge-key": "name" },
    ],
    [
      "typed",
      {
        items: STEP,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        "x-kubernetes-patch-strategy": "none",
      },
      {},
    ],
    [
      "typed",
      { type: "object", "x-kubernetes-patch-strategy": "retainKeys" },
      { "x-kubernetes-patch-strategy": "retainKeys" },
    ],
    ["custom", { type: "object", "x-kubernetes-patch-strategy": "replace" }, {}],
  ])("says how a strategic merge patch of a %s kind merges %j", (flavour, list, expected) => {
    for (const dialect of ["v2", "v3"] as const) {
      const { schema } = write({ type: "array", ...list }, dialect, flavour);
      const said = Object.entries(schema).filter(([keyword]) => keyword.startsWith("x-kubernetes-patch-"));
      expect(Object.fromEntries(said)).toEqual(expected);
    }
  });

  it("says it at the place that uses a class, not of the class", () => {
    const strategy: StructuralSchema = { type: "object", className: "Strategy", properties: { a: { type: "string" } } };
    const properties = { one: { ...strategy, "x-kubernetes-patch-strategy": "retainKeys" as const }, other: strategy };
    const { schema, all } = write({ type: "object", properties }, "v3", "typed");
    expect(schema.properties).toMatchObject({ one: { "x-kubernetes-patch-strategy": "retainKeys" } });
    expect(JSON.stringify(all)).not.toContain("retainKeys");
    expect(JSON.stringify(schema.properties).match(/retainKeys/g)).toHaveLength(1);
  });

  it("treats a property called __proto__ as any other", () => {
    const properties: { [name: string]: StructuralSchema } = JSON.parse('{"__proto__":{"type":"string"}}');
    expect(JSON.stringify(write({ type: "object", properties }).schema)).toContain('{"__proto__":{"type":"string"}}');
  });

  it("stops at a depth that no real schema has", () => {
    let schema: StructuralSchema = { type: "string" };
    for (let depth = 0; depth < 5000; depth++) schema = { type: "array", items: schema };
    const written = JSON.stringify(write(schema).schema);
    expect(written.length).toBeLessThan(10_000);
    expect(written).toContain('"items":{"type":"object"}');
  });
});
