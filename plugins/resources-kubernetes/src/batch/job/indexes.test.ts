import { expect, it } from "vitest";
import { countIndexes, sharedIndex } from "./indexes.js";

it.each<[string, number]>([
  ["", 0],
  ["0", 1],
  ["0,2,4", 3],
  ["1,3-5,7", 5],
  ["0-9", 10],
])("counts the indexes of %j", (text, count) => {
  expect(countIndexes(text, 10)).toEqual({ count });
});

it.each<[string, string]>([
  ["a", 'cannot convert string to integer for index: "a"'],
  ["1,", 'cannot convert string to integer for index: ""'],
  ["1-x", 'cannot convert string to integer for index: "x"'],
  ["10", 'too large index: "10"'],
  ["1-10", 'too large index: "10"'],
  ["3-3", "non-increasing order, previous: 3, current: 3"],
  ["1,1", "non-increasing order, previous: 1, current: 1"],
  ["4-5,2", "non-increasing order, previous: 5, current: 2"],
  [
    "1-2-3",
    "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'",
  ],
])("says what is wrong with %j", (text, problem) => {
  expect(countIndexes(text, 10)).toEqual({ count: 0, problem });
});

it.each<[string, string, number | undefined]>([
  ["", "1", undefined],
  ["0,2", "1,3", undefined],
  ["0-4", "4-6", 4],
  ["0,7-8", "1-3,5,8", 8],
  ["x,3", "3", 3],
])("finds what %j and %j share", (completed, failed, shared) => {
  expect(sharedIndex(completed, failed, 10)).toBe(shared);
});
