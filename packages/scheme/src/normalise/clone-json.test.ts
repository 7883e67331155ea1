import type { JsonValue } from "@quarterdeck/meta";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cloneJson } from "./clone-json.js";

test("copies any JSON value deeply", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: JsonValue = JSON.parse(text);
      const copy = cloneJson(value);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      if (typeof value === "object" && value !== null) expect(copy).not.toBe(value);
    }),
  );
});

test("sorts keys at every depth on request", () => {
  expect(JSON.stringify(cloneJson({ b: [{ d: 1, c: 2 }], a: null }, "sorted"))).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});

test("copies __proto__ as data", () => {
  const hostile: JsonValue = JSON.parse('{"__proto__":{"polluted":true}}');
  const copy = cloneJson(hostile);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true}}');
});

test("copies nesting that a recursive copy would not survive", () => {
  let deep: JsonValue = 1;
  for (let level = 0; level < 200_000; level++) deep = [deep];
  let copy = cloneJson(deep);
  let depth = 0;
  for (; Array.isArray(copy); copy = copy[0] ?? null) depth++;
  expect(depth).toBe(200_000);
});
