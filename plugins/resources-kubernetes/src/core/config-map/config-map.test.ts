import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { ConfigMap } from "./config-map.js";

const maps = new Compiled(ConfigMap);
const FROZEN = "Forbidden: field is immutable when `immutable` is set";

describe("ConfigMap", () => {
  it("is printed as upstream prints it", () => {
    expect(maps.columns(true)).toEqual(["Name", "Data", "Age"]);
    const object = maps.object({ data: { a: "1", b: "2" }, binaryData: { c: "AA==" } });
    expect(maps.cell("Data", object)).toBe(3);
    expect(maps.cell("Data", maps.object({}))).toBe(0);
  });

  it("takes the keys that a file name may be", () => {
    expect(maps.problems(maps.object({ data: { "a.b-c_D": "", ".hidden": "", constructor: "" } }))).toEqual([]);
  });

  it.each([
    ["a/b", /^data\[a\/b\]: Invalid value: "a\/b": a valid config key must consist of alphanumeric characters/],
    ["", /^data\[\]: Invalid value: "": a valid config key/],
    [".", /^data\[\.\]: Invalid value: "\.": must not be '\.'$/],
    ["..", /must not be '\.\.'$/],
    ["..a", /must not start with '\.\.'$/],
    ["x".repeat(254), /must be no more than 253 characters$/],
  ])("refuses the key %j", (key, message) => {
    expect(maps.problems(maps.object({ data: { [key]: "" } }))).toEqual([expect.stringMatching(message)]);
  });

  it("refuses a key that stands in both maps", () => {
    const [problem] = maps.problems(maps.object({ data: { a: "1" }, binaryData: { a: "AA==" } }));
    expect(problem).toBe('data[a]: Invalid value: "a": duplicate of key present in binaryData');
  });

  it("refuses binary data that is no base64 as something that cannot be read", () => {
    expect(() => maps.object({ binaryData: { a: "%%%" } })).toThrow(/illegal base64 data at input byte 0"/);
  });

  it("holds one mebibyte in all, counted in bytes", () => {
    const half = "x".repeat(524_288);
    expect(maps.problems(maps.object({ data: { a: half, b: half } }))).toEqual([]);
    const [problem] = maps.problems(maps.object({ data: { a: half, b: half, c: "x" } }));
    expect(problem).toContain("Too long: may not be more than 1048576 bytes");
    expect(maps.problems(maps.object({ data: { a: "ü".repeat(524_289) } }))).toHaveLength(1);
    const binary = Buffer.alloc(1_048_576).toString("base64");
    expect(maps.problems(maps.object({ binaryData: { a: binary } }))).toEqual([]);
    expect(maps.problems(maps.object({ binaryData: { a: binary }, data: { b: "x" } }))).toHaveLength(1);
  });

  it("is frozen once it says so", () => {
    const old = maps.object({ data: { a: "1" }, binaryData: { b: "AA==" }, immutable: true });
    const changed = maps.object({ data: { a: "2" }, binaryData: {}, immutable: false });
    expect(maps.updateProblems(changed, old)).toEqual([
      `immutable: ${FROZEN}`,
      `data: ${FROZEN}`,
      `binaryData: ${FROZEN}`,
    ]);
    expect(maps.updateProblems(structuredClone(old), old)).toEqual([]);
    expect(maps.updateProblems(changed, maps.object({ data: { a: "1" } }))).toEqual([]);
    expect(
      maps.updateProblems(maps.object({ data: { a: "2" }, binaryData: { b: "AA==", a: "" }, immutable: true }), old),
    ).toEqual([
      `data: ${FROZEN}`,
      `binaryData: ${FROZEN}`,
      'data[a]: Invalid value: "a": duplicate of key present in binaryData',
    ]);
  });
});
