import type { JsonObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import {
  ATOMIC,
  atomicList,
  BOOLEAN,
  INTEGER,
  listMap,
  map,
  object,
  PRESERVE,
  STRING,
  set,
} from "../merger/merge-case.fixture.js";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import { checkStructure } from "./check-structure.js";

const schema = compileMergeSchema(
  object({
    spec: object({
      text: STRING,
      time: { type: "string", format: "date-time" },
      number: INTEGER,
      flag: BOOLEAN,
      port: { "x-kubernetes-int-or-string": true },
      labels: map(STRING),
      list: atomicList(INTEGER),
      set: set(STRING),
      items: listMap(object({ name: STRING, port: INTEGER }), "name", "port"),
      keyed: listMap(object({ name: { ...STRING, default: "x" } }), "name"),
      atoms: listMap(object({ name: STRING, inner: map(STRING) }, ATOMIC), "name"),
      free: { type: "object", ...PRESERVE },
    }),
  }),
);

const NO_KEYS =
  'associative list with keys has an element that omits all key fields ["name" "port"] (and doesn\'t have default values for any key fields)';

test.each<[string, JsonObject, string[]]>([
  ["a sound value", { text: "x", number: 1, flag: true, labels: { a: "b" }, list: [1], set: ["a"] }, []],
  ["null anywhere", { text: null, number: null, labels: null, list: null, set: null, items: null, free: null }, []],
  ["a number for a text", { text: 5 }, [".spec.text: expected string, got &value.valueUnstructured{Value:5}"]],
  [
    "a list for a text",
    { text: ["a", 1] },
    ['.spec.text: expected string, got &value.valueUnstructured{Value:[]interface {}{"a", 1}}'],
  ],
  [
    "an object for a text",
    { text: { b: 1.5, a: null } },
    [
      '.spec.text: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":interface {}(nil), "b":1.5}}',
    ],
  ],
  ["a number for a formatted text", { time: 5 }, []],
  ["a list for a formatted text", { time: [true] }, [".spec.time: expected any scalar, got &{[true]}"]],
  ["a text for a number", { number: "5" }, [".spec.number: expected numeric (int or float), got string"]],
  [
    "an object for a number",
    { number: {} },
    [".spec.number: expected numeric (int or float), got map[string]interface {}"],
  ],
  ["a fraction for a whole number", { number: 1.5 }, []],
  ["a text for a boolean", { flag: "true" }, [".spec.flag: expected boolean, got &{true}"]],
  ["a text or a number for either", { port: "http" }, []],
  ["a text for a map", { labels: "x" }, [".spec.labels: expected map, got &{x}"]],
  ["a list for a map", { labels: ["x", "y"] }, [".spec.labels: expected map, got &{[x y]}"]],
  ["a map for a list", { list: { a: 1 } }, [".spec.list: expected list, got &{map[a:1]}"]],
  [
    "a wrong item of an atomic list",
    { list: [1, "x"] },
    [".spec.list[1]: expected numeric (int or float), got string"],
  ],
  [
    "a wrong value of a map",
    { labels: { a: 1 } },
    [".spec.labels.a: expected string, got &value.valueUnstructured{Value:1}"],
  ],
  ["a field that is not declared", { unheard: 1 }, [".spec.unheard: field not declared in schema"]],
  ["items that a set has twice", { set: ["a", "b", "a"] }, ['.spec.set: duplicate entries for key [="a"]']],
  [
    "an object in a set",
    { set: [{}] },
    [".spec.set: element 0: associative list without keys has an element that's a map type"],
  ],
  [
    "a list in a set",
    { set: ["a", []] },
    [".spec.set: element 1: not supported: associative list with lists as elements"],
  ],
  [
    "null in a set",
    { set: [null] },
    [".spec.set: element 0: associative list without keys has an element that's an explicit null"],
  ],
  [
    "keys that a list has twice",
    {
      items: [
        { name: "a", port: 1000000 },
        { port: 1000000, name: "a" },
      ],
    },
    ['.spec.items: duplicate entries for key [name="a",port=1000000]'],
  ],
  ["items that differ in one key", { items: [{ name: "a", port: 1 }, { name: "a", port: 2 }, { name: "a" }] }, []],
  ["an item without any key", { items: [{}] }, [`.spec.items: element 0: ${NO_KEYS}`]],
  [
    "an item that is null",
    { items: [null] },
    [".spec.items: element 0: associative list with keys may not have a null element"],
  ],
  [
    "an item that is no object",
    { items: ["a"] },
    [".spec.items: element 0: associative list with keys may not have non-map elements"],
  ],
  [
    "a default for a key, there twice",
    { keyed: [{}, { name: "x" }] },
    ['.spec.keyed: duplicate entries for key [name="x"]'],
  ],
  [
    "a wrong value in an item",
    { items: [{ name: "a", port: "x" }] },
    ['.spec.items[name="a",port="x"].port: expected numeric (int or float), got string'],
  ],
  [
    "a wrong value in an atomic item",
    { atoms: [{ name: "a", inner: { b: 1 } }] },
    ['.spec.atoms[name="a"].inner.b: expected string, got &value.valueUnstructured{Value:1}'],
  ],
  ["anything where types are deduced", { free: { a: [1, { b: null }], c: { d: "x" } } }, []],
  [
    "several mistakes",
    { text: 1, flag: 1 },
    [".spec.text: expected string, got &value.valueUnstructured{Value:1}", ".spec.flag: expected boolean, got &{1}"],
  ],
])("%s", (_name, spec, mistakes) => {
  expect(checkStructure(schema, { spec })).toEqual(mistakes);
});

test("items that are there twice may be allowed", () => {
  expect(checkStructure(schema, { spec: { set: ["a", "a"], items: [{ name: "a" }, { name: "a" }] } }, true)).toEqual(
    [],
  );
});

test("metadata is checked as that of every object", () => {
  const metadata = { name: 1, labels: { a: true }, finalizers: ["x", "x"], unheard: {} };
  expect(checkStructure(schema, { kind: 1, metadata })).toEqual([
    ".kind: expected string, got &value.valueUnstructured{Value:1}",
    ".metadata.name: expected string, got &value.valueUnstructured{Value:1}",
    ".metadata.labels.a: expected string, got &value.valueUnstructured{Value:true}",
    '.metadata.finalizers: duplicate entries for key [="x"]',
    ".metadata.unheard: field not declared in schema",
  ]);
});
