import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { decodeBody } from "./decode-body.js";
import type { DecodedBody } from "./decoded-body.js";

async function yaml(text: string | Buffer): Promise<DecodedBody> {
  return decodeBody("application/yaml", Buffer.from(text));
}

async function refusal(text: string | Buffer): Promise<string> {
  try {
    await yaml(text);
  } catch (error) {
    if (StatusError.is(error) && error.code === 400) return error.message;
    throw error;
  }
  throw new Error("was not refused");
}

describe("decodeBody of YAML", () => {
  it("resolves scalars as Go's yaml.v2", async () => {
    const text = `
plain: text
yes_: yes
off: off
quoted: 'yes'
tilde: ~
empty:
octal: 010
hex: 0x1F
under: 1_000
float: 1.5e3
time: 12:30:45
date: 2001-01-01
port: "8080"
tagged: !!str 8080
number: !!int "12"
folded: >
  a
  b
literal: |
  a
   b
1: one
true: key
`;
    expect((await yaml(text)).object).toEqual({
      plain: "text",
      yes_: true,
      false: false,
      quoted: "yes",
      tilde: null,
      empty: null,
      octal: 8,
      hex: 31,
      under: 1000,
      float: 1500,
      time: "12:30:45",
      date: "2001-01-01",
      port: "8080",
      tagged: "8080",
      number: 12,
      folded: "a b\n",
      literal: "a\n b\n",
      1: "one",
      true: "key",
    });
  });

  it("expands aliases and merge keys", async () => {
    const text = "base: &b {x: 1, z: 2}\nsame: *b\nmerged:\n  z: 3\n  <<: *b\nmany:\n  <<: [{p: 1}, {p: 2, q: 3}]\n";
    expect((await yaml(text)).object).toEqual({
      base: { x: 1, z: 2 },
      same: { x: 1, z: 2 },
      merged: { x: 1, z: 3 },
      many: { p: 1, q: 3 },
    });
  });

  it("reports repeated keys by path, and takes JSON", async () => {
    expect((await yaml("data:\n  a: 1\n  a: 2\nlist:\n- x: 1\n- z: 1\n  z: 2\n")).duplicates).toEqual([
      "data.a",
      "list[1].z",
    ]);
    expect((await yaml('{"data":{"a":1,"a":2}}')).duplicates).toEqual(["data.a"]);
    expect((await yaml("data:\n  a: 1\n  a: 2\n  5: x\n  5: y\n")).repeats).toEqual([
      'line 3: key "a" already set in map',
      "line 5: key 5 already set in map",
    ]);
    expect((await yaml('{"data":{"a":1}}')).repeats).toEqual([]);
    expect((await yaml("{data: {a: 1}}")).object).toEqual({ data: { a: 1 } });
  });

  it("keeps __proto__ as data", async () => {
    const { object } = await yaml("__proto__:\n  polluted: 1\na: {<<: {__proto__: {polluted: 1}}}\n");
    expect(Object.keys(object)).toEqual(["__proto__", "a"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Reflect.get(Object(object.a), "polluted")).toBeUndefined();
  });

  it.each([
    ["- a\n", /json: cannot unmarshal array into Go value of type struct \{/],
    ["a: b: c\n", /^yaml: line 1: /],
    ["a: 1\nb:\n\tc: d\n", /^yaml: line 3: /],
    ["a: [1", /^yaml: line 1: /],
    ["a: 1\n---\nb: 2\n", /single document/],
    ["a: *x\n", /^yaml: /],
    ["a: &a [*a]\n", /value contains itself/],
    ["a: .inf\n", /unsupported value/],
    ["~: 1\n", /unsupported map key/],
    ["[1]: 1\n", /unsupported map key/],
    ["a:\n  <<: 1\n", /map merge requires/],
    [`a: ${"[".repeat(100_000)}`, /exceeded max depth of 200/],
    ["- ".repeat(20_000), /exceeded max depth of 200/],
    ["? ".repeat(20_000), /exceeded max depth of 200/],
    ["{".repeat(3_000_000), /too many parts/],
  ])("refuses case %#", async (text, message) => {
    expect(await refusal(text)).toMatch(message);
  });

  it("refuses invalid UTF-8", async () => {
    expect(await refusal(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).toBe("yaml: invalid UTF-8");
  });

  it("refuses bombs of aliases, by nodes and by characters", async () => {
    const nine = (alias: string): string => `[${Array.from({ length: 9 }, () => alias).join(", ")}]`;
    const levels = "abcdefgh"
      .split("")
      .map((name, level) => `${name}: &${name} ${nine(level === 0 ? "x" : `*${"abcdefgh"[level - 1]}`)}\n`);
    expect(await refusal(levels.join(""))).toMatch(/excessive aliasing/);
    expect(await refusal(`a: &a ${"x".repeat(100_000)}\nb: [${"*a, ".repeat(100)}]\n`)).toMatch(/excessive aliasing/);
  });

  it("reads what a YAML 1.1 writer writes", async () => {
    const text = fc
      .string({ unit: "grapheme" })
      .filter((value) => !/[\ud800-\udfff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "")));
    const value = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text)),
    );
    await fc.assert(
      fc.asyncProperty(value, async (data) => {
        expect((await yaml(stringify(data, { version: "1.1" }))).object).toEqual({ ...data });
      }),
      { numRuns: 300 },
    );
  });
});
