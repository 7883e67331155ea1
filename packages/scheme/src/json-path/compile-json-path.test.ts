import { expect, test } from "vitest";
import { compileJsonPath } from "./compile-json-path.js";
import { JsonPathError } from "./json-path-step.js";
import { writeJsonPath } from "./write-json-path.js";

const object = {
  metadata: { labels: { "a/b": "1", "c.d": "2" }, creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: { replicas: 3, steps: [{ name: "a", weight: 10 }, { name: "b", weight: 20 }, { name: "c" }], nothing: null },
  status: {
    conditions: [
      { type: "Ready", status: "True" },
      { type: "Synced", status: "False" },
    ],
  },
};

test.each([
  [".spec.replicas", [3]],
  [".metadata.labels['a/b']", ["1"]],
  ['.metadata.labels["a/b"]', ["1"]],
  [".metadata.labels.c\\.d", ["2"]],
  ["['spec'].replicas", [3]],
  [".status.conditions[?(@.type=='Ready')].status", ["True"]],
  ['.status.conditions[?( @.type == "Synced" )].status', ["False"]],
  [".status.conditions[?(@.type!='Ready')].type", ["Synced"]],
  [".spec.steps[?(@.weight>=20)].name", ["b"]],
  [".spec.steps[?(@.weight)].name", ["a", "b"]],
  [".spec.steps[*].name", ["a", "b", "c"]],
  [".spec.steps[0].name", ["a"]],
  [".spec.steps[-1].name", ["c"]],
  [".spec.steps[1:].name", ["b", "c"]],
  [".spec.steps[9].name", []],
  [".metadata.labels.*", ["1", "2"]],
  [".spec.nothing", [null]],
  [".spec.nothing.more", []],
  [".spec.missing.more", []],
  [".spec.toString", []],
  [".spec.__proto__", []],
  [".constructor.name", []],
])("%s finds %j", (path, expected) => {
  expect(compileJsonPath(path)(object)).toEqual(expected);
});

test.each([
  "",
  ".",
  "spec.replicas",
  ".spec..replicas",
  ".spec[",
  ".spec['a",
  ".spec[a]",
  ".spec.steps[?(@.a=)]",
  "{.spec}",
  ".a b",
  ".a[?(b)]",
])("%j does not parse", (path) => {
  expect(() => compileJsonPath(path)).toThrow(JsonPathError);
});

test("writes along plain fields and makes what is missing", () => {
  const target = { spec: { other: 1 } };
  writeJsonPath(target, ".spec.scale.replicas", 5);
  expect(target).toEqual({ spec: { other: 1, scale: { replicas: 5 } } });
  writeJsonPath(target, ".spec.other.deep", 5);
  expect(target.spec.other).toEqual({ deep: 5 });
});

test("a written __proto__ is data", () => {
  const target = {};
  writeJsonPath(target, ".__proto__.polluted", true);
  expect(JSON.stringify(target)).toBe('{"__proto__":{"polluted":true}}');
  expect("polluted" in {}).toBe(false);
});

test("only plain paths can be written", () => {
  expect(() => writeJsonPath({}, ".spec.steps[0]", 1)).toThrow(JsonPathError);
});
