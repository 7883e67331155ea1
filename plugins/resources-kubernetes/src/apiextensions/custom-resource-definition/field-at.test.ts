import { describe, expect, it } from "vitest";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";
import { fieldAt } from "./field-at.js";

const text: JSONSchemaProps = { type: "string" };
const schema: JSONSchemaProps = {
  type: "object",
  properties: { a: { type: "object", properties: { b: text } }, m: { type: "object", additionalProperties: text } },
};

describe("a path to a field", () => {
  it.each<[string, string[]]>([
    ["", []],
    [".a", ["a"]],
    [".a.b", ["a", "b"]],
    [".m.any", ["m", "any"]],
    [".m['x.y/z']", ["m", "x.y/z"]],
    ["['a'].b", ["a", "b"]],
    [".m['it\\'s']", ["m", "it's"]],
  ])("%j leads to %j", (path, steps) => {
    expect(fieldAt(path, schema).steps).toEqual(steps);
  });

  it.each<[string, string]>([
    ["a", "expected [ or . but got: a"],
    [".", "unexpected end of JSON path"],
    ["[", "unexpected end of JSON path"],
    [".c", "does not refer to a valid field"],
    [".a.b.c", "does not refer to a valid field"],
    [".a[0]", "expected single quoted string but got 0"],
    [".a['b'", "unexpected end of JSON path"],
    [".a['b'x", "expected ] but got x"],
  ])("%j leads nowhere", (path, problem) => {
    expect(() => fieldAt(path, schema)).toThrow(problem);
  });

  it("may be kept from brackets", () => {
    expect(() => fieldAt("['a']", schema, false)).toThrow("array notation is not allowed");
  });
});
