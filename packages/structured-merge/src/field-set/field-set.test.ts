import { expect, test } from "vitest";
import { formatFieldPath } from "../path/format-field-path.js";
import type { FieldPath } from "../path/path-element.js";
import { FieldSet } from "./field-set.js";

/** `a.b.c` */
function path(text: string): FieldPath {
  return text.split(".").map((field) => ({ field }));
}

function set(...paths: readonly string[]): FieldSet {
  return FieldSet.of(...paths.map(path));
}

function list(fields: FieldSet): string[] {
  return [...fields.paths()].map((one) => formatFieldPath(one).slice(1));
}

test("paths come with the members of one place before what lies below", () => {
  expect(list(set("b.x", "a.y.z", "a", "b", "a.x", "c"))).toEqual(["a", "b", "c", "a.x", "a.y.z", "b.x"]);
});

test("a member above or below is none", () => {
  expect(set("a.b").has(path("a"))).toBe(false);
  expect(set("a").has(path("a.b"))).toBe(false);
  expect(set("a").has([])).toBe(false);
});

test("the whole object is no member", () => {
  expect(FieldSet.of([])).toBe(FieldSet.EMPTY);
  expect(FieldSet.EMPTY.isEmpty).toBe(true);
});

test.each<[string, string[], string[], { [operation: string]: string[] }]>([
  [
    "sets that have nothing in common",
    ["a", "b.c"],
    ["x", "b.d"],
    {
      union: ["a", "x", "b.c", "b.d"],
      intersection: [],
      difference: ["a", "b.c"],
      recursiveDifference: ["a", "b.c"],
    },
  ],
  [
    "a set with itself",
    ["a", "b.c"],
    ["a", "b.c"],
    { union: ["a", "b.c"], intersection: ["a", "b.c"], difference: [], recursiveDifference: [] },
  ],
  [
    "a set with one within it",
    ["a", "b", "b.c"],
    ["b"],
    { union: ["a", "b", "b.c"], intersection: ["b"], difference: ["a", "b.c"], recursiveDifference: ["a"] },
  ],
  [
    "a member above",
    ["a.b.c", "a.b.d", "a.e"],
    ["a.b"],
    {
      union: ["a.b", "a.e", "a.b.c", "a.b.d"],
      intersection: [],
      difference: ["a.e", "a.b.c", "a.b.d"],
      recursiveDifference: ["a.e"],
    },
  ],
  [
    "a member below",
    ["a", "a.b"],
    ["a.b.c"],
    { union: ["a", "a.b", "a.b.c"], intersection: [], difference: ["a", "a.b"], recursiveDifference: ["a", "a.b"] },
  ],
  ["nothing", ["a"], [], { union: ["a"], intersection: [], difference: ["a"], recursiveDifference: ["a"] }],
])("%s", (_name, left, right, expected) => {
  const [one, other] = [set(...left), set(...right)];
  expect({
    union: list(one.union(other)),
    intersection: list(one.intersection(other)),
    difference: list(one.difference(other)),
    recursiveDifference: list(one.recursiveDifference(other)),
  }).toEqual(expected);
  expect(list(one)).toEqual(list(set(...left)));
  expect(list(other)).toEqual(list(set(...right)));
});

test("leaves have nothing below them", () => {
  expect(list(set("a", "a.b", "c.d", "c.d.e", "f").leaves())).toEqual(["f", "a.b", "c.d.e"]);
});

test("what does not change a set gives the same set", () => {
  const some = set("a", "b.c");
  expect(some.union(set("a"))).toBe(some);
  expect(some.difference(set("x"))).toBe(some);
  expect(some.recursiveDifference(set("b.x"))).toBe(some);
  expect(some.intersection(set("a", "b.c", "d"))).toBe(some);
  expect(some.leaves()).toBe(some);
  expect(some.difference(some)).toBe(FieldSet.EMPTY);
});
