import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import type { Condition } from "../types/meta-v1.js";
import { checkConditions } from "./check-conditions.js";

const GOOD: Condition = {
  type: "Ready",
  status: "True",
  lastTransitionTime: "2024-01-01T00:00:00Z",
  reason: "Done",
  message: "",
};

function problems(...conditions: Partial<Condition>[]): string[] {
  const errors = new FieldErrors();
  checkConditions(
    conditions.map((one) => ({ ...GOOD, ...one })),
    "c",
    errors,
  );
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

it.each<[Partial<Condition>, string]>([
  [{ type: "" }, "c[0].type: Required value: is required"],
  [{ status: "" }, "c[0].status: Required value"],
  [{ status: "Yes" }, 'c[0].status: Unsupported value: "Yes": supported values: "False", "True", "Unknown"'],
  [{ observedGeneration: -1 }, "c[0].observedGeneration: Invalid value: -1: must be greater than or equal to zero"],
  [{ lastTransitionTime: null }, "c[0].lastTransitionTime: Required value"],
  [{ reason: "" }, "c[0].reason: Required value"],
  [{ reason: "A".repeat(1025) }, "c[0].reason: Too long: may not be more than 1024 bytes"],
  [{ message: "a".repeat(32_769) }, "c[0].message: Too long: may not be more than 32768 bytes"],
])("refuses %j", (one, problem) => {
  expect(problems(one)).toEqual([problem]);
});

it("checks the form of types and reasons, and that no type comes twice", () => {
  expect(problems({ type: "a b" })[0]).toContain('c[0].type: Invalid value: "a b": name part must consist of');
  expect(problems({ reason: "no way" })[0]).toContain(
    'c[0].reason: Invalid value: "no way": a condition reason must start with alphabetic character',
  );
  expect(problems({}, {})).toEqual(['c[1]: Duplicate value: "Ready"']);
  expect(problems({}, { type: "example.com/Seen", status: "Unknown" })).toEqual([]);
});
