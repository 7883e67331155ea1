import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { checkAtMostWhole, checkIntOrPercent, intOrPercentValue } from "./check-int-or-percent.js";

function problems(value: number | string): string[] {
  const errors = new FieldErrors();
  checkIntOrPercent(value, "a", errors);
  checkAtMostWhole(value, "a", errors);
  return errors.list.map(({ message }) => message);
}

it.each([0, 5, "0%", "25%", "100%"])("takes %j", (value) => {
  expect(problems(value)).toEqual([]);
});

it.each<[number | string, string]>([
  [-1, "Invalid value: -1: must be greater than or equal to 0"],
  ["101%", 'Invalid value: "101%": must not be greater than 100%'],
  [`${"9".repeat(40)}%`, `Invalid value: "${"9".repeat(40)}%": must not be greater than 100%`],
])("refuses %j", (value, problem) => {
  expect(problems(value)).toEqual([problem]);
});

it.each(["5", "five", "-5%", "5.5%", "%", ""])("refuses %j, which is no percentage", (value) => {
  expect(problems(value)).toEqual([expect.stringContaining("a valid percent string must be a numeric string")]);
});

it("tells nothing from something", () => {
  expect([0, 3, "0%", "30%", "7", "x"].map(intOrPercentValue)).toEqual([0, 3, 0, 30, 7, 0]);
});
