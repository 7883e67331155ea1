import { describe, expect, it } from "vitest";
import { parseLabelSelector } from "./label-selector.js";

const matches = (selector: string, labels: { [key: string]: string }) => parseLabelSelector(selector).matches(labels);

describe("parseLabelSelector", () => {
  it.each([
    ["", {}, true],
    ["a", { a: "" }, true],
    ["a", {}, false],
    ["!a", {}, true],
    ["!a", { a: "1" }, false],
    ["a=1", { a: "1" }, true],
    ["a==1", { a: "2" }, false],
    ["a!=1", {}, true],
    ["a!=1", { a: "1" }, false],
    ["a=", { a: "" }, true],
    ["a in (1, 2)", { a: "2" }, true],
    ["a in (1,2)", {}, false],
    ["a notin (1,2)", { a: "3" }, true],
    ["a notin (1,2)", {}, true],
    ["a notin ()", { a: "" }, false],
    ["a in (,x)", { a: "" }, true],
    ["in in (in,notin)", { in: "notin" }, true],
    ["a>5", { a: "6" }, true],
    ["a>5", { a: "x" }, false],
    ["a<5", { a: "4" }, true],
    ["a=1,b=2", { a: "1", b: "2" }, true],
    ["a=1,b=2", { a: "1" }, false],
    ["example.com/x = y", { "example.com/x": "y" }, true],
    ["toString", {}, false],
    ["!constructor", {}, true],
  ])("%s on %j is %s", (selector, labels, expected) => {
    expect(matches(selector, labels)).toBe(expected);
  });

  it.each([
    ["a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ["a=1 b", "found 'b', expected: ',' or 'end of string'"],
    ["a,", "found '', expected: identifier after ','"],
    [",a", "found ',', expected: !, identifier, or 'end of string'"],
    ["a in 1", "unable to parse requirement: found '1' expected: '('"],
    ["a in (1", "unable to parse requirement: found '', expected: ',' or ')'"],
    ["a=(", "unable to parse requirement: found '(', expected: identifier"],
    [
      "a>x",
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])("refuses %s", (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
  });

  it("refuses keys and values that cannot be labels", () => {
    expect(() => parseLabelSelector("a_=1")).toThrow(
      'unable to parse requirement: <nil>: Invalid value: "a_": name part must',
    );
    expect(() => parseLabelSelector("a=-")).toThrow(
      'unable to parse requirement: values[0][a]: Invalid value: "-": a valid label',
    );
  });

  it("sorts requirements by key", () => {
    expect(parseLabelSelector("b,a").requirements.map((one) => one.key)).toEqual(["a", "b"]);
  });
});
