import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, test } from "vitest";
import { FieldsV1Error } from "../path/fields-v1-error.js";
import type { FieldPath } from "../path/path-element.js";
import { FieldSet } from "./field-set.js";

const member = (...path: FieldPath) => path;
const a = { field: "a" };
const b = { field: "b" };
const cases: readonly (readonly [string, readonly FieldPath[]])[] = [
  ["{}", []],
  ['{"f:a":{}}', [[a]]],
  ['{"f:a":{},"f:b":{}}', [[b], [a]]],
  ['{"f:a":{"f:b":{}}}', [[a, b]]],
  ['{"f:a":{".":{},"f:b":{}}}', [[a], [a, b]]],
  ['{"f:":{}}', [[{ field: "" }]]],
  ['{"f:__proto__":{}}', [[{ field: "__proto__" }]]],
  ['{"f:a.b/c":{}}', [[{ field: "a.b/c" }]]],
  ['{"f:a\\"b":{}}', [[{ field: 'a"b' }]]],
  ['{"f:a:b":{}}', [[{ field: "a:b" }]]],
  ['{"f:é":{},"f:ﬀ":{},"f:😀":{}}', [[{ field: "😀" }], [{ field: "é" }], [{ field: "\ufb00" }]]],
  ['{"v:\\"x\\"":{}}', [[{ value: "x" }]]],
  [
    '{"v:1":{},"v:2.5":{},"v:10":{},"v:\\"1\\"":{},"v:false":{},"v:true":{},"v:null":{}}',
    [
      member({ value: null }),
      member({ value: true }),
      member({ value: false }),
      member({ value: "1" }),
      member({ value: 10 }),
      member({ value: 2.5 }),
      member({ value: 1 }),
    ],
  ],
  ['{"v:[1,2]":{},"v:{\\"a\\":1,\\"b\\":2}":{}}', [[{ value: { b: 2, a: 1 } }], [{ value: [1, 2] }]]],
  ['{"v:1e-07":{},"v:1e+21":{}}', [[{ value: 1e21 }], [{ value: 1e-7 }]]],
  ['{"v:\\"\\\\u003ca\\\\u0026b\\\\u003e\\\\u2028\\"":{}}', [[{ value: "<a&b>\u2028" }]]],
  ['{"v:\\"\\\\u0008\\\\u000c\\\\n\\\\r\\\\t\\\\\\\\\\\\\\"\\"":{}}', [[{ value: '\b\f\n\r\t\\"' }]]],
  [
    '{"k:{\\"name\\":\\"x\\"}":{".":{},"f:name":{}}}',
    [member({ key: [["name", "x"]] }), member({ key: [["name", "x"]] }, { field: "name" })],
  ],
  [
    '{"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{}}',
    [
      [
        {
          key: [
            ["protocol", "TCP"],
            ["port", 80],
          ],
        },
      ],
    ],
  ],
  [
    '{"k:{\\"a\\":1}":{},"k:{\\"a\\":1,\\"b\\":1}":{},"k:{\\"a\\":2}":{},"k:{\\"b\\":1}":{}}',
    [
      member({ key: [["b", 1]] }),
      member({ key: [["a", 2]] }),
      member({
        key: [
          ["a", 1],
          ["b", 1],
        ],
      }),
      member({ key: [["a", 1]] }),
    ],
  ],
  ['{"i:0":{},"i:2":{},"i:10":{}}', [[{ index: 10 }], [{ index: 2 }], [{ index: 0 }]]],
  [
    '{"f:z":{},"k:{\\"a\\":1}":{},"v:1":{},"i:0":{}}',
    [[{ index: 0 }], [{ value: 1 }], [{ key: [["a", 1]] }], [{ field: "z" }]],
  ],
];

describe("fieldsV1", () => {
  test.each(cases)("%s", (text, paths) => {
    const set = FieldSet.of(...paths);
    expect(JSON.stringify(set.toJson())).toBe(text);
    const read = FieldSet.fromJson(JSON.parse(text));
    expect(read.equals(set)).toBe(true);
    expect(JSON.stringify(read.toJson())).toBe(text);
    for (const path of paths) expect(read.has(path)).toBe(true);
    expect([...read.paths()]).toHaveLength(paths.length);
  });

  test.each([
    ["keys in another order", '{"f:b":{},"f:a":{}}', '{"f:a":{},"f:b":{}}'],
    ["a member of nothing but itself", '{"f:a":{".":{}}}', '{"f:a":{}}'],
    ["null for an empty object", '{"f:a":null}', '{"f:a":{}}'],
    ["spaces within a key", '{"k:{ \\"b\\": 1, \\"a\\": 2 }":{}}', '{"k:{\\"a\\":2,\\"b\\":1}":{}}'],
    ["numbers in another form", '{"v:1.0":{},"i:007":{}}', '{"v:1":{},"i:7":{}}'],
    ["one step in two forms", '{"v:1":{".":{},"f:a":{}},"v:1.0":{"f:b":{}}}', '{"v:1":{".":{},"f:b":{}}}'],
    ["steps of kinds that are not known", '{"f:a":{"x:y":{}},"z:":{}}', '{"f:a":{}}'],
    ["the whole object, which nobody owns", '{".":{},"f:a":{}}', '{"f:a":{}}'],
  ])("reads %s", (_name, text, canonical) => {
    expect(JSON.stringify(FieldSet.fromJson(JSON.parse(text)).toJson())).toBe(canonical);
  });

  test.each<[string, JsonObject, string]>([
    ["a key too short", { f: {} }, "key must be 2 characters long:"],
    ["an empty key", { "": {} }, "key must be 2 characters long:"],
    ["a key without a colon", { spec: {} }, "missing colon: spec"],
    ["no JSON in a value", { "v:x": {} }, 'cannot parse the JSON of "v:x"'],
    ["no JSON in a key", { "k:{": {} }, 'cannot parse the JSON of "k:{"'],
    ["no object in a key", { "k:[1]": {} }, 'expected an object of keys in "k:[1]"'],
    ["no number as an index", { "i:x": {} }, 'strconv.Atoi: parsing "x": invalid syntax'],
    ["a text below a key", { "f:a": "x" }, 'expected an object below "f:a"'],
    ["a list below a key", { "f:a": { "f:b": [] } }, 'expected an object below "f:b"'],
  ])("refuses %s", (_name, fields, message) => {
    expect(() => FieldSet.fromJson(fields)).toThrow(FieldsV1Error);
    expect(() => FieldSet.fromJson(fields)).toThrow(message);
  });
});
