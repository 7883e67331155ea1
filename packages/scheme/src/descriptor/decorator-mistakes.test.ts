import { Column, type PartVerb, Resource, Scale, SelectableField, Subresource } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { mistakeIn } from "../scheme.fixture.js";
import { kind } from "./widget.fixture.js";

describe("mistakes in other decorators", () => {
  const column = { name: "A", type: "string", jsonPath: ".spec.selector" } as const;

  test.each<[ClassDecorator, string]>([
    [
      Scale({ spec: ".spec.replica", status: ".status.replicas" }),
      'Widget @Scale.spec: the JSON path .spec.replica leads to no field of the schema: "replica"; did you mean "replicas"?',
    ],
    [
      Scale({ spec: ".spec.selector", status: ".status.replicas" }),
      'Widget @Scale.spec: the field at .spec.selector must be of type integer, not: "string"',
    ],
    [
      Scale({ spec: ".status.replicas", status: ".status.replicas" }),
      'Widget @Scale.spec: the JSON path must be under .spec: ".status.replicas"',
    ],
    [
      Scale({ spec: "spec", status: ".status.replicas" }),
      'Widget @Scale.spec: the JSON path does not parse (it must begin with a dot, as in .spec.replicas): "spec"',
    ],
    [
      Scale({ spec: ".spec.names[0]", status: ".status.replicas" }),
      'Widget @Scale.spec: the JSON path must be one of plain fields: ".spec.names[0]"',
    ],
    [
      SelectableField(".spec.names"),
      'Widget @SelectableField: a selectable field must be of type string, integer or boolean: ".spec.names"',
    ],
    [
      SelectableField(".spec.nam"),
      'Widget @SelectableField: the JSON path .spec.nam leads to no field of the schema: "nam"; did you mean "names"?',
    ],
    [
      Column({ ...column, jsonPath: ".spec.names[0" }),
      'Widget @Column.jsonPath: the JSON path does not parse (expected "]" at 14): ".spec.names[0"',
    ],
    [
      Column({ ...column, jsonPath: ".metadata.label" }),
      'Widget @Column.jsonPath: the JSON path .metadata.label leads to no field of the schema: "label"; did you mean "labels"?',
    ],
    [
      Column({ ...column, type: "strin" as "string" }),
      'Widget @Column: unknown type of column A: "strin"; did you mean "string"?',
    ],
  ])("%#", (decorator, message) => {
    expect(mistakeIn(kind({}, decorator)).message).toBe(message);
  });

  test("parts", () => {
    const withParts = (...parts: string[]) => mistakeIn(kind({ parts })).message;
    expect(withParts("Approval")).toBe('Widget.parts: the name must be a lowercase DNS label: "Approval"');
    for (const parts of [["status"], ["scale"], ["approval", "approval"]])
      expect(withParts(...parts)).toMatch(/^Widget.parts: another subresource has this name: /);
    const withVerbs = (...verbs: PartVerb[]) => mistakeIn(kind({ parts: [{ name: "approval", verbs }] })).message;
    expect(withVerbs()).toBe('Widget.parts: a part needs a verb: "approval"');
    expect(withVerbs("updat" as "update")).toBe('Widget.parts: unknown verb: "updat"; did you mean "update"?');
  });

  test("subresources", () => {
    function withSubresource(name: string, verbs: readonly "create"[]) {
      const owner = kind({});
      class Restarted extends owner {
        restart(): this {
          return this;
        }
      }
      const descriptor = Object.getOwnPropertyDescriptor(Restarted.prototype, "restart") ?? {};
      Subresource(name, { verbs })(Restarted.prototype, "restart", descriptor);
      Resource({ group: "example.com", version: "v1", kind: "Widget" })(Restarted);
      return mistakeIn(Restarted).message;
    }
    expect(withSubresource("status", ["create"])).toBe(
      'Restarted @Subresource("status"): @Status and @Scale make this subresource: "status"',
    );
    expect(withSubresource("Re", ["create"])).toBe(
      'Restarted @Subresource("Re"): the name must be a lowercase DNS label: "Re"',
    );
    expect(withSubresource("re", ["creat" as "create"])).toBe(
      'Restarted @Subresource("re"): unknown verb: "creat"; did you mean "create"?',
    );
  });
});
