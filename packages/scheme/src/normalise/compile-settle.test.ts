import { describe, expect, it } from "vitest";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileSettle } from "./compile-settle.js";

const texts: StructuralSchema = { type: "array", items: { type: "string" } };
const map: StructuralSchema = { type: "object", additionalProperties: texts };
const rule: StructuralSchema = {
  type: "object",
  properties: { verbs: { ...texts, zero: "null" }, names: { ...texts, zero: "omit" }, pointer: { zero: "null" } },
};

describe("compileSettle", () => {
  const settle = compileSettle({
    type: "object",
    properties: {
      rules: { type: "array", items: rule, zero: "null" },
      map: { ...map, zero: "null" },
      extra: { type: "object", additionalProperties: { ...texts, zero: "null" } },
      named: { type: "object", additionalProperties: rule },
    },
  });

  it.each([
    [{ rules: [] }, { rules: null }],
    [
      { rules: null, map: {} },
      { rules: null, map: null },
    ],
    [{ rules: [{ verbs: [], names: [], pointer: {} }] }, { rules: [{ verbs: null, names: [], pointer: {} }] }],
    [
      { map: { a: [] }, extra: { a: [], b: ["x"] } },
      { map: { a: [] }, extra: { a: [], b: ["x"] } },
    ],
    [{ named: { a: { verbs: [] } } }, { named: { a: { verbs: null } } }],
  ])("makes what is empty null where null is written: %j", (given, expected) => {
    const before = structuredClone(given);
    expect(settle?.(given)).toEqual(expected);
    expect(given).toEqual(before);
  });

  it("answers the same object when nothing changes", () => {
    const object = { rules: [{ verbs: ["get"] }], map: { a: ["b"] }, extra: { c: ["d"] } };
    expect(settle?.(object)).toBe(object);
  });

  it("is nothing where no field is so", () => {
    expect(compileSettle({ type: "object", properties: { a: texts, b: map } })).toBeUndefined();
  });
});
