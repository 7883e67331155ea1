import { expect, test } from "vitest";
import { formatFieldPath } from "./format-field-path.js";
import type { FieldPath } from "./path-element.js";

const cases: readonly (readonly [string, FieldPath])[] = [
  ["", []],
  [".spec", [{ field: "spec" }]],
  [".spec.replicas", [{ field: "spec" }, { field: "replicas" }]],
  [
    ".metadata.annotations.example.com/a b",
    [{ field: "metadata" }, { field: "annotations" }, { field: "example.com/a b" }],
  ],
  [".__proto__", [{ field: "__proto__" }]],
  ['.list[name="a"]', [{ field: "list" }, { key: [["name", "a"]] }]],
  [
    '.ports[port=80,protocol="TCP"].name',
    [
      { field: "ports" },
      {
        key: [
          ["port", 80],
          ["protocol", "TCP"],
        ],
      },
      { field: "name" },
    ],
  ],
  ["[on=true]", [{ key: [["on", true]] }]],
  ["[x=null]", [{ key: [["x", null]] }]],
  ['[="v"]', [{ value: "v" }]],
  ['[="a\\"b\\\\c\\n\\u200b"]', [{ value: 'a"b\\c\n\u200b' }]],
  ['[="é😀"]', [{ value: "é😀" }]],
  ["[=1]", [{ value: 1 }]],
  ["[=-1.5]", [{ value: -1.5 }]],
  ["[=999999]", [{ value: 999999 }]],
  ["[=1e+06]", [{ value: 1000000 }]],
  ["[=1.234567e+06]", [{ value: 1234567 }]],
  ["[=0.0001]", [{ value: 0.0001 }]],
  ["[=1e-05]", [{ value: 0.00001 }]],
  ["[=false]", [{ value: false }]],
  ['[=[1,"a"]]', [{ value: [1, "a"] }]],
  ['[=a=1b="x"]', [{ value: { b: "x", a: 1 } }]],
  ["[0]", [{ index: 0 }]],
  [".a[12].b", [{ field: "a" }, { index: 12 }, { field: "b" }]],
];

test.each(cases)("%s", (text, path) => {
  expect(formatFieldPath(path)).toBe(text);
});
