import { expect, it } from "vitest";
import { inOrder } from "./path-order.js";

it("brings paths into the order of the document, and leaves the others at the end", () => {
  const document = { zoo: 1, spec: { steps: [{ name: "a" }, { zap: { deep: 1 } }], bar: 1 }, a: 1 };
  expect(inOrder(["a", "b", "spec.bar", "spec.steps[1].zap", "zoo"], document)).toEqual([
    "zoo",
    "spec.steps[1].zap",
    "spec.bar",
    "a",
    "b",
  ]);
});
