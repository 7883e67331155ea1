import type { JsonValue } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { applyPatch } from "rfc6902";
import { describe, expect, it } from "vitest";
import { applyJsonPatch, readJsonPatch } from "./json-patch.js";
import { PatchError } from "./patch-error.js";

function patched(document: string, operations: JsonValue): string {
  return JSON.stringify(applyJsonPatch(JSON.parse(document), readJsonPatch(operations)));
}

describe("applyJsonPatch", () => {
  it.each<[string, JsonValue, string]>([
    ['{"a":1}', [{ op: "add", path: "/b", value: 2 }], '{"a":1,"b":2}'],
    ['{"a":[1,3]}', [{ op: "add", path: "/a/1", value: 2 }], '{"a":[1,2,3]}'],
    ['{"a":[1]}', [{ op: "add", path: "/a/-", value: 2 }], '{"a":[1,2]}'],
    ['{"a":1}', [{ op: "add", path: "", value: { b: 1 } }], '{"b":1}'],
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

  it.each<[string, JsonValue]>([
    ["{}", [{ op: "remove", path: "/a" }]],
    ["{}", [{ op: "replace", path: "/a", value: 1 }]],
    ["{}", [{ op: "add", path: "/a/b", value: 1 }]],
    ['{"a":1}', [{ op: "test", path: "/a", value: 2 }]],
    ["{}", [{ op: "test", path: "/a", value: 1 }]],
    ['{"a":[]}', [{ op: "add", path: "/a/1", value: 1 }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/-" }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/-1" }]],
    ['{"a":[1]}', [{ op: "remove", path: "/a/00" }]],
    ['{"a":"text"}', [{ op: "add", path: "/a/length", value: 1 }]],
    ["{}", [{ op: "copy", from: "/toString", path: "/a" }]],
    ["{}", [{ op: "add", path: "/__proto__/polluted", value: 1 }]],
    ["{}", [{ op: "add", path: "/constructor/prototype/polluted", value: 1 }]],
    ['{"a":{"b":1}}', [{ op: "move", from: "/a", path: "/a/b" }]],
    ["{}", [{ op: "remove", path: "" }]],
  ])("%s with %j does not fit", (document, operations) => {
    expect(() => patched(document, operations)).toThrow(PatchError);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it.each<[JsonValue, number]>([
    [{}, 400],
    [[1], 400],
    [[{ op: "add", path: 3, value: 1 }], 400],
    [[{ op: "add", value: 1 }], 422],
    [[{ op: "add", path: "a", value: 1 }], 422],
    [[{ op: "jump", path: "/a" }], 422],
    [[{ op: "move", path: "/a" }], 422],
    [Array.from({ length: 10_001 }, () => ({ op: "test", path: "", value: 1 })), 413],
  ])("refuses what is no patch %#", (operations, code) => {
    let error: unknown;
    try {
      readJsonPatch(operations);
    } catch (thrown) {
      error = thrown;
    }
    expect(StatusError.is(error) && error.code).toBe(code);
  });

  it("words too many operations as upstream does", () => {
    expect(() => readJsonPatch(Array.from({ length: 10_001 }, () => ({})))).toThrow(
      "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
    );
  });

  it("does not let copies grow without bound", () => {
    const doubling = Array.from({ length: 64 }, (_, index) => ({ op: "copy", from: "", path: `/k${index}` }));
    expect(() => patched('{"a":1}', doubling)).toThrow(PatchError);
    const deepening = Array.from({ length: 64 }, (_, index) => ({
      op: "copy",
      from: "",
      path: `${"/k".repeat(index)}/k`,
    }));
    expect(() => patched('{"a":1}', deepening)).toThrow(PatchError);
  });

  it("leaves the patch as it was, to be applied again", () => {
    const operations = readJsonPatch([
      { op: "add", path: "/a", value: { b: 1 } },
      { op: "add", path: "/a/c", value: 2 },
    ]);
    expect(applyJsonPatch({}, operations)).toEqual(applyJsonPatch({}, operations));
  });

  it("agrees with another implementation on patches of all kinds", () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const paths: [string, ...string[]] = ["/a", "/b", "/a/x", "/l", "/l/0", "/l/1", "/l/-", "/o/p", "/o/p/q"];
    const values: [JsonValue, ...JsonValue[]] = [1, "s", { x: 1 }, [1, 2], null, { p: { q: 3 } }];
    const pick = <T>(list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0];
    let fitting = 0;
    for (let round = 0; round < 3000; round++) {
      const op = pick(["add", "remove", "replace", "copy", "move", "test"] as const);
      const operation = { op, path: pick(paths), from: pick(paths), value: pick(values) };
      // where the other implementation is lenient: `-` as an index of what exists, a missing member under test
      if (op !== "add" && `${operation.path}${operation.from}`.includes("-")) continue;
      const document = JSON.stringify({ a: { x: 1 }, l: [1, 2], o: { p: { q: 3 } } });
      const other = JSON.parse(document);
      const [failure] = applyPatch(other, [structuredClone(operation)]);
      let ours: string;
      try {
        ours = patched(document, [operation]);
      } catch (error) {
        if (!(error instanceof PatchError)) throw error;
        expect([operation, failure === null]).toEqual([operation, false]);
        continue;
      }
      if (failure !== null) {
        expect([operation, op === "test" && operation.value === null]).toEqual([operation, true]);
        continue;
      }
      fitting++;
      expect([operation, JSON.parse(ours)]).toEqual([operation, other]);
    }
    expect(fitting).toBeGreaterThan(500);
  });
});
