import { describe, expect, it } from "vitest";
import { parseFieldSelector } from "./field-selector.js";

const matches = (selector: string, fields: { [field: string]: string }) =>
  parseFieldSelector(selector).matches((field) => fields[field] ?? "");

describe("parseFieldSelector", () => {
  it.each([
    ["", {}, true],
    ["a=1", { a: "1" }, true],
    ["a==1", { a: "1" }, true],
    ["a=1", {}, false],
    ["a!=1", { a: "2" }, true],
    ["a!=1", { a: "1" }, false],
    ["a=", {}, true],
    ["a=1,b!=2", { a: "1", b: "3" }, true],
    [String.raw`a=x\,y\=z\\`, { a: "x,y=z\\" }, true],
  ])("%s on %j is %s", (selector, fields, expected) => {
    expect(matches(selector, fields)).toBe(expected);
  });

  it("tells which fields are fixed", () => {
    const selector = parseFieldSelector("metadata.name=x,status.phase!=Failed");
    expect(selector.exact("metadata.name")).toBe("x");
    expect(selector.exact("status.phase")).toBeUndefined();
  });

  it.each([
    ["abc", "invalid selector: 'abc'; can't understand 'abc'"],
    ["a=b=c", "invalid field selector: unescaped character in value: 61"],
    [String.raw`a=\x`, String.raw`invalid field selector: invalid escape sequence: \x`],
    ["a=b\\", "invalid field selector: invalid escape sequence: \\"],
  ])("refuses %s", (selector, message) => {
    expect(() => parseFieldSelector(selector)).toThrow(message);
  });
});
