import { expect, test } from "vitest";
import { hasNestedRepetition } from "./nested-repetition.js";
import { compilePattern, PatternError } from "./pattern.js";

test.each(["^(a+)+$", "(a*)*", "(x|a+)*", "(?:[a-z]+){2,}", "((a+))*", "(\\d+)+x", "(a+b*)*"])(
  "%s repeats a repetition",
  (pattern) => {
    expect(hasNestedRepetition(pattern)).toBe(true);
  },
);

test.each([
  "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
  "^(?:-[a-z]+)*$",
  "^[a-z0-9./:@-]+$",
  "^\\(a+\\)+$",
  "[(a+)]+",
  "(a{2,3})+",
  "(ab?)+",
  "^$",
  "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$",
])("%s does not", (pattern) => {
  expect(hasNestedRepetition(pattern)).toBe(false);
});

test("takes what RE2 takes and the language would not in Unicode mode", () => {
  expect(compilePattern("^[\\-\\_]$").test("_")).toBe(true);
  expect(compilePattern("^(?P<year>[0-9]{4})$").test("2026")).toBe(true);
  expect(compilePattern("(?i)^abc$").test("ABC")).toBe(true);
  expect(compilePattern("^\\p{L}+$").test("ÄÖ")).toBe(true);
});

test("refuses what is no regular expression", () => {
  expect(() => compilePattern("(a")).toThrow(PatternError);
});
