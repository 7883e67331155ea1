import { expect, it } from "vitest";
import { FieldErrors } from "./field-error.js";

it("says no more than the value where there is nothing to say of it", () => {
  const errors = new FieldErrors();
  errors.invalid("spec.selector", {}, "");
  errors.invalid("spec.replicas", -1, "too few");
  expect(errors.list.map(({ message }) => message)).toEqual(["Invalid value: {}", "Invalid value: -1: too few"]);
});
