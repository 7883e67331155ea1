import { describe, expect, it } from "vitest";
import { warningHeaders } from "./warning-headers.js";

/** How long the texts of the headers are. */
function lengths(headers: readonly string[]): number[] {
  return headers.map((header) => header.length - '299 - ""'.length);
}

function texts(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padEnd(length, "x"));
}

describe("warningHeaders, as upstream's recorder", () => {
  it("sends each text once, quoted, and no empty one", () => {
    expect(warningHeaders(["a", "", 'say "no"', "a", "back\\slash", "two\nlines"])).toEqual([
      '299 - "a"',
      '299 - "say \\"no\\""',
      '299 - "back\\\\slash"',
      '299 - "two lines"',
    ]);
  });

  it("sends 4096 characters as they are", () => {
    expect(lengths(warningHeaders(texts(4, 1024)))).toEqual([1024, 1024, 1024, 1024]);
    expect(lengths(warningHeaders(["é".repeat(4096)]))).toEqual([8192]);
  });

  it("cuts each text to 256 characters once they are more, those before included", () => {
    expect(lengths(warningHeaders(texts(5, 1024)))).toEqual([256, 256, 256, 256, 256]);
    expect(lengths(warningHeaders([...texts(1, 5000), "short"]))).toEqual([256, 5]);
  });

  it("leaves out what comes once the cut texts are 4096 characters", () => {
    expect(lengths(warningHeaders(texts(40, 300)))).toEqual(Array.from({ length: 16 }, () => 256));
  });

  it("sends the text that crosses the limit, though nothing was there to be cut", () => {
    expect(warningHeaders([...texts(16, 256), "last", "lost"])).toHaveLength(17);
  });
});
