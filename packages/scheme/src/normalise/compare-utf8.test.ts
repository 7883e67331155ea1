import fc from "fast-check";
import { expect, test } from "vitest";
import { compareUtf8, sortKeys } from "./compare-utf8.js";

test("orders strings as their UTF-8 bytes do", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (left, right) => {
      expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
  );
});

test("puts characters beyond U+FFFF last, where the language would not", () => {
  expect(["\u{1f600}", "\uffee", "a"].sort()).toEqual(["a", "\u{1f600}", "\uffee"]);
  expect(sortKeys(["\u{1f600}", "\uffee", "a"])).toEqual(["a", "\uffee", "\u{1f600}"]);
});
