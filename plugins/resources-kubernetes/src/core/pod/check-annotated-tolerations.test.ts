import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { checkAnnotatedTolerations } from "./check-annotated-tolerations.js";

const ANNOTATION = "metadata.annotations.scheduler.alpha.kubernetes.io/tolerations";
const problems = (text: string): string[] => {
  const errors = new FieldErrors();
  checkAnnotatedTolerations(text, "metadata.annotations", errors, {});
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
};

it("takes tolerations, and none", () => {
  for (const text of ["", "null", "[]", '[{"key":"a","operator":"Exists"}]', '[{"Key":"a","tolerationSeconds":null}]'])
    expect(problems(text)).toEqual([]);
});

it("tells what is wrong with them", () => {
  expect(problems('[{"key":"a"},{"key":"a","Operator":"Bad"},{"key":"a","tolerationSeconds":5}]')).toEqual([
    `${ANNOTATION}[1].operator: Unsupported value: "Bad": supported values: "Equal", "Exists"`,
    `${ANNOTATION}[2].effect: Invalid value: "": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
  ]);
});

it("tells what is no list of them", () => {
  const value = 'metadata.annotations: Invalid value: "scheduler.alpha.kubernetes.io/tolerations": ';
  expect(problems("{}")).toEqual([`${value}json: cannot unmarshal into Go value of type []core.Toleration`]);
  expect(problems("x")).toEqual([expect.stringContaining(value)]);
});
