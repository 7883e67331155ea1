import type { JsonValue } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { refusal } from "../resource.fixture.js";
import { applyJsonPatch, readJsonPatch, strangeMembers } from "./json-patch.js";
import { PatchError } from "./patch-error.js";

const REJECTED = "the server rejected our request due to an error in our request";

function patched(document: string, operations: JsonValue): string {
  return JSON.stringify(applyJsonPatch(JSON.parse(document), readJsonPatch(operations)));
}

describe("applyJsonPatch", () => {
  it.each<[string, JsonValue, string]>([
    ['{"a":1}', [{ op: "add", path: "/b", value: 2 }], '{"a":1,"b":2}'],
    ['{"a":[1,3]}', [{ op: "add", path: "/a/1", value: 2 }], '{"a":[1,2,3]}'],
    ['{"a":[1]}', [{ op: "add", path: "/a/-", value: 2 }], '{"a":[1,2]}'],
    ['{"a":1}', [{ op: "replace", path: "", value: { b: 1 } }], '{"b":1}'],
    ['{"a":1}', [{ op: "replace", path: "", value: [1] }], "[1]"],
    ['{"a":1}', [{ op: "test", path: "", value: { a: 1 } }], '{"a":1}'],
    ["{}", [{ op: "add", path: "/a" }], '{"a":null}'],
    ['{"a":1,"b":2}', [{ op: "remove", path: "/a" }], '{"b":2}'],
    ['{"a":[1,2]}', [{ op: "replace", path: "/a/0", value: 3 }], '{"a":[3,2]}'],
    ['{"a":{"b":1}}', [{ op: "move", from: "/a/b", path: "/c" }], '{"a":{},"c":1}'],
    ['{"a":{"b":1}}', [{ op: "copy", from: "/a", path: "/c" }], '{"a":{"b":1},"c":{"b":1}}'],
    [
      '{"a/b":1,"m~n":2}',
      [
        { op: "test", path: "/a~1b", value: 1 },
        { op: "remove", path: "/m~0n" },
      ],
      '{"a/b":1}',
    ],
    ['{"a":{"x":1,"y":[2]}}', [{ op: "test", path: "/a", value: { y: [2], x: 1 } }], '{"a":{"x":1,"y":[2]}}'],
    ["{}", [{ op: "test", path: "/a", value: null }], "{}"],
    ["{}", [{ op: "add", path: "/__proto__", value: { x: 1 } }], '{"__proto__":{"x":1}}'],
    [
      "{}",
      [
        { op: "add", path: "/constructor", value: {} },
        { op: "add", path: "/constructor/prototype", value: 1 },
      ],
      '{"constructor":{"prototype":1}}',
    ],
  ])("%s with %j is %s", (document, operations, expected) => {
    expect(patched(document, operations)).toBe(expected);
  });

  // what evanphx/json-patch, with which upstream patches, makes of cases that RFC 6902 sees otherwise
  it.each<[string, string, JsonValue, string]>([
    ["sets a replaced member that is missing", "{}", [{ op: "replace", path: "/a", value: 1 }], '{"a":1}'],
    ["copies a missing member as null", "{}", [{ op: "copy", from: "/b", path: "/a" }], '{"a":null}'],
    ["removes the last by -1", '{"a":[1,2]}', [{ op: "remove", path: "/a/-1" }], '{"a":[1]}'],
    ["replaces by -2", '{"a":[1,2]}', [{ op: "replace", path: "/a/-2", value: 0 }], '{"a":[0,2]}'],
    ["inserts behind the end by -1", '{"a":[1,2]}', [{ op: "add", path: "/a/-1", value: 3 }], '{"a":[1,2,3]}'],
    ["inserts before all by -3", '{"a":[1,2]}', [{ op: "add", path: "/a/-3", value: 0 }], '{"a":[0,1,2]}'],
    ["reads 01 and +1 as 1", '{"a":[1,2]}', [{ op: "copy", from: "/a/01", path: "/a/+1" }], '{"a":[1,2,2]}'],
    ["leaves out what is before the first slash", '{"a":1}', [{ op: "remove", path: "x/a" }], "{}"],
    ["finds a missing member equal to null", '{"a":{}}', [{ op: "test", path: "/a/b" }], '{"a":{}}'],
  ])("%s", (_, document, operations, expected) => {
    expect(patched(document, operations)).toBe(expected);
  });

  it.each<[string, JsonValue]>([
    ["{}", [{ op: "remove", path: "/a" }]],
    ["{}", [{ op: "add", path: "/a/b", value: 1 }]],
    ['{"a":null}', [{ op: "add", path: "/a/b", value: 1 }]],
    ['{"a":1}', [{ op: "test", path: "/a", value: 2 }]],
    ["{}", [{ op: "test", path: "/a", value: 1 }]],
    ["{}", [{ op: "test", path: "/a/b", value: null }]],
    ['{"a":[]}', [{ op: "add", path: "/a/1", value: 1 }]],
    ['{"a":[]}', [{ op: "add", path: "/a/-2", value: 1 }]],
    ['{"a":[1]}', [{ op: "replace", path: "/a/1", value: 1 }]],
    ['{"a":[1]}', [{ op: "test", path: "/a/1", value: null }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/-" }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/-2" }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/x" }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/1e0" }]],
    ['{"a":"text"}', [{ op: "add", path: "/a/length", value: 1 }]],
    ["{}", [{ op: "move", from: "/toString", path: "/a" }]],
    ["{}", [{ op: "add", path: "/__proto__/polluted", value: 1 }]],
    ["{}", [{ op: "add", path: "/constructor/prototype/polluted", value: 1 }]],
    ['{"a":{"b":1}}', [{ op: "move", from: "/a", path: "/a/b" }]],
    ['{"a":1}', [{ op: "remove", path: "" }]],
    ['{"a":1}', [{ op: "add", path: "", value: { b: 1 } }]],
    ['{"a":1}', [{ op: "add", path: "b", value: 1 }]],
    ['{"a":1}', [{ op: "copy", from: "", path: "/b" }]],
    ['{"a":1}', [{ op: "move", from: "/a", path: "" }]],
    ['{"a":1}', [{ op: "replace", path: "", value: 1 }]],
    ['{"a":1}', [{ op: "replace", path: "" }]],
  ])("%s with %j does not fit", (document, operations) => {
    expect(() => patched(document, operations)).toThrow(PatchError);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it.each<[JsonValue, number, string | RegExp]>([
    [{}, 400, "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"],
    [[1], 400, "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp"],
    [
      [{ op: "add", path: 3, value: 1 }],
      400,
      "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.path of type string",
    ],
    [[{ op: "add", value: 1 }], 422, REJECTED],
    [[{ op: "jump", path: "/a" }], 422, REJECTED],
    [[{ path: "/a" }], 422, REJECTED],
    [[null], 422, REJECTED],
    [[{ op: "move", path: "/a" }], 422, REJECTED],
    [Array.from({ length: 10_001 }, () => ({ op: "test", path: "", value: 1 })), 413, /got 10001$/],
  ])("refuses what is no patch %#", async (operations, code, message) => {
    const error = await refusal(() => readJsonPatch(operations));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("reads null as a patch without operations, as Go does", () => {
    expect(readJsonPatch(null)).toEqual([]);
  });

  it("names the members that no operation has", () => {
    expect(strangeMembers([{ op: "test", path: "/a", comment: 1 }, 3, { Op: "x" }])).toEqual(["[0].comment", "[2].Op"]);
    expect(strangeMembers({ op: 1 })).toEqual([]);
  });

  it("words too many operations as upstream does", () => {
    expect(() => readJsonPatch(Array.from({ length: 10_001 }, () => ({})))).toThrow(
      "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
    );
  });

  it("does not let copies grow without bound", () => {
    const doubling = Array.from({ length: 64 }, (_, index) => ({ op: "copy", from: "/a", path: `/a/k${index}` }));
    expect(() => patched('{"a":{"b":1}}', doubling)).toThrow(/the limit is 3145728$/);
    const deepening = Array.from({ length: 64 }, (_, index) => ({
      op: "copy",
      from: "/a",
      path: `/a${"/k".repeat(index)}/k`,
    }));
    expect(() => patched('{"a":{"b":1}}', deepening)).toThrow(PatchError);
  });

  it("leaves the patch as it was, to be applied again", () => {
    const operations = readJsonPatch([
      { op: "add", path: "/a", value: { b: 1 } },
      { op: "add", path: "/a/c", value: 2 },
    ]);
    expect(applyJsonPatch({}, operations)).toEqual(applyJsonPatch({}, operations));
  });
});
