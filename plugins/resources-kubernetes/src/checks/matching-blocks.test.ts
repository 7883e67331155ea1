import { expect, it } from "vitest";
import { matchingBlocks } from "./matching-blocks.js";

const blocks = (before: string, after: string) =>
  matchingBlocks([...before], [...after]).map(({ before: at, after: to, length }) => [at, to, length]);

it("takes the longest run first, though the beginnings are alike", () => {
  expect(blocks("ab", "acab")).toEqual([[0, 2, 2]]);
});

it("goes on before and behind, in order", () => {
  expect(blocks("xabcdyz", "xwabcdvz")).toEqual([
    [0, 0, 1],
    [1, 2, 4],
    [6, 7, 1],
  ]);
  expect(blocks("a", "b")).toEqual([]);
});

it("finds lines that stand everywhere only beside others", () => {
  const before = ["a", ...Array.from({ length: 150 }, () => "same"), "b"];
  const after = ["c", ...Array.from({ length: 200 }, () => "same"), "b"];
  expect(matchingBlocks(before, after)).toEqual([{ before: 1, after: 51, length: 151 }]);
  expect(matchingBlocks(["a", "same", "b"], after.with(-1, "c").with(0, "d"))).toEqual([]);
});

it("gives up on texts that take too many comparisons, and calls the rest changed", () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `${index % 150}`);
  const found = matchingBlocks(lines, ["x", ...lines, "y"]);
  expect(found.length).toBeLessThan(3);
});
