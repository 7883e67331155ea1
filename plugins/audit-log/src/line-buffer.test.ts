import fc from "fast-check";
import { expect, it } from "vitest";
import { LineBuffer } from "./line-buffer.js";

it("has the bytes of all lines in order, long ones and those of any script, in memory that is used again", () => {
  const spare: Buffer[] = [];
  const line = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.integer({ min: 0, max: 200_000 }).map((length) => "ä".repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const buffer = new LineBuffer(spare);
      for (const one of lines) buffer.add(one);
      expect(buffer.lines).toBe(lines.length);
      const expected = Buffer.from(lines.map((one) => `${one}\n`).join(""));
      expect(Buffer.concat(buffer.parts).equals(expected)).toBe(true);
      buffer.recycle();
    }),
    { numRuns: 50 },
  );
  new LineBuffer(spare).recycle();
  expect(spare.length).toBeGreaterThan(0);
  expect(spare.length).toBeLessThanOrEqual(4);
});
