import type { JsonObject } from "@quarterdeck/meta";
import { ApiObject, Column, type ColumnOptions, Field, Resource, SelectableField, Spec } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { compileOne, objectOf } from "../scheme.fixture.js";

class WidgetSpec {
  @Field({ type: "integer" })
  replicas?: number;

  @Field()
  image?: string;

  @Field()
  ready?: boolean;

  @Field({ type: "string", format: "date-time" })
  since?: string;

  @Field({ additionalProperties: { type: "string" } })
  env?: { [name: string]: string };
}

function widget(...columns: ColumnOptions[]) {
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  @SelectableField(".spec.image")
  @SelectableField(".spec.replicas")
  class Widget extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;
  }
  for (const column of [...columns].reverse()) Column(column)(Widget);
  return compileOne(Widget);
}

function cell(column: ColumnOptions, spec: JsonObject) {
  const version = widget(column);
  return version.columns[1]?.cell(objectOf(version, { spec }));
}

test("Name is first and Age last, unless the class declares it", () => {
  const image: ColumnOptions = {
    name: "Image",
    type: "string",
    jsonPath: ".spec.image",
    description: "The image",
    priority: 1,
  };
  const version = widget(image, { name: "Ready", type: "boolean", jsonPath: ".spec.ready" });
  expect(version.columns.map(({ name, type, format, priority }) => [name, type, format, priority])).toEqual([
    ["Name", "string", "name", 0],
    ["Image", "string", "", 1],
    ["Ready", "boolean", "", 0],
    ["Age", "date", "", 0],
  ]);
  const object = objectOf(version, {}, { name: "web", creationTimestamp: "2026-01-01T00:00:00Z" });
  expect(version.columns.map((column) => column.cell(object))).toEqual(["web", null, null, "2026-01-01T00:00:00Z"]);
  const own = widget({ name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" }, image);
  expect(own.columns.map((column) => column.name)).toEqual(["Name", "Age", "Image"]);
});

describe("cells have the column's type", () => {
  test.each<[ColumnOptions["type"], string, JsonObject, unknown]>([
    ["string", ".spec.image", { image: "web:1" }, "web:1"],
    ["string", ".spec.replicas", { replicas: 3 }, "3"],
    ["string", ".spec.env", { env: { a: "1" } }, '{"a":"1"}'],
    ["integer", ".spec.replicas", { replicas: 3 }, 3],
    ["integer", ".spec.image", { image: "3" }, null],
    ["boolean", ".spec.ready", { ready: false }, false],
    ["date", ".spec.since", { since: "2026-01-01T00:00:00Z" }, "2026-01-01T00:00:00Z"],
    ["date", ".spec.image", { image: "yesterday" }, "<invalid>"],
    ["number", ".spec.replicas", {}, null],
    ["string", ".spec.env['a/b']", { env: { "a/b": "1" } }, "1"],
  ])("%s at %s of %j", (type, jsonPath, spec, expected) => {
    expect(cell({ name: "X", type, jsonPath }, spec)).toBe(expected);
  });

  test("a function gives the cell; one that throws gives none", () => {
    expect(cell({ name: "X", type: "integer", value: ({ metadata }) => metadata.name?.length }, {})).toBe(3);
    expect(cell({ name: "X", type: "string", value: () => undefined }, {})).toBe(null);
    const failing: ColumnOptions = {
      name: "X",
      type: "string",
      value: () => {
        throw new TypeError("no status yet");
      },
    };
    expect(cell(failing, {})).toBe(null);
  });
});

test("selectable fields read as text, missing ones as empty", () => {
  const version = widget();
  const object = objectOf(version, { spec: { replicas: 3 } });
  expect([...version.selectableFields].map(([name, read]) => [name, read(object)])).toEqual([
    ["spec.image", ""],
    ["spec.replicas", "3"],
  ]);
});

test("a class may do without Name and Age, and show an age of its own", () => {
  @Resource({ group: "example.com", version: "v1", kind: "Widget", defaultColumns: false })
  @Column({ name: "Seen", type: "age", jsonPath: ".metadata.creationTimestamp" })
  class Widget extends ApiObject {}
  const { columns } = compileOne(Widget);
  expect(columns.map(({ name, type }) => [name, type])).toEqual([["Seen", "age"]]);
  const metadata = { name: "a", creationTimestamp: "2026-01-01T00:00:00Z" };
  expect(columns[0]?.cell({ apiVersion: "example.com/v1", kind: "Widget", metadata })).toBe("2026-01-01T00:00:00Z");
});

test("a selectable field may be read by a function, whatever stands at its path", () => {
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  @SelectableField(".spec.env", ({ metadata }) => metadata.name ?? "")
  class Widget extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;
  }
  const version = compileOne(Widget);
  expect(version.selectableFields.get("spec.env")?.(objectOf(version, {}))).toBe("web");
});
