import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { checkImmutable } from "./check-immutable.js";

it("refuses a change in upstream's words, and none that says the same in another order", () => {
  const errors = new FieldErrors();
  checkImmutable({ a: 1, b: 2 }, { b: 2, a: 1 }, "spec", errors);
  checkImmutable("Retain", "Delete", "reclaimPolicy", errors);
  expect(errors.list.map(({ field, message }) => `${field}: ${message}`)).toEqual([
    'reclaimPolicy: Invalid value: "Retain": field is immutable',
  ]);
});
