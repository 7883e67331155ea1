import { describe, expect, it } from "vitest";
import { quoteText } from "./quote-text.js";

describe("quoteText, as Go's %q", () => {
  it.each([
    ["", '""'],
    ["a b", '"a b"'],
    ['say "no" \\', '"say \\"no\\" \\\\"'],
    ["<&>", '"<&>"'],
    ["\u0000\u0007\b\t\n\v\f\r\u001b\u007f", '"\\x00\\a\\b\\t\\n\\v\\f\\r\\x1b\\x7f"'],
    ["é漢😀", '"é漢😀"'],
    ["\u00a0\u2028\ufeff", '"\\u00a0\\u2028\\ufeff"'],
    ["\u{e0001}", '"\\U000e0001"'],
    ["\ud800", '"\\ufffd"'],
  ])("%j is %s", (text, quoted) => {
    expect(quoteText(text)).toBe(quoted);
  });
});
