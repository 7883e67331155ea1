import { expect, test } from "vitest";
import { nearest } from "./nearest.js";

test.each([
  ["strng", ["string", "integer", "number"], "string"],
  ["Intege", ["string", "integer"], "integer"],
  ["minimun", ["minimum", "maximum"], "minimum"],
  ["replicsa", ["replicas", "image"], "replicas"],
  ["quite-something", ["string"], undefined],
  ["ab", ["xy"], undefined],
  ["x", [], undefined],
])("nearest(%j, %j) is %j", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
