import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkPodTemplate } from "./check-pod-template.js";

function problems(template: core.PodTemplateSpec): string[] {
  const errors = new FieldErrors();
  checkPodTemplate(template, "spec.template", errors);
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

it("checks names, images, labels and annotations", () => {
  const metadata = { creationTimestamp: null, labels: { "a b": "c" }, annotations: { "": "x" } };
  const containers: core.Container[] = [
    { name: "A", image: "x", resources: {} },
    { name: "a", resources: {} },
    { name: "a", image: "x", resources: {} },
  ];
  expect(problems({ metadata, spec: { containers, ephemeralContainers: containers } })).toEqual([
    expect.stringContaining('spec.template.labels: Invalid value: "a b": name part must consist'),
    'spec.template.annotations: Invalid value: "": name part must be non-empty',
    expect.stringContaining('spec.template.annotations: Invalid value: "": name part must consist'),
    expect.stringContaining('spec.template.spec.containers[0].name: Invalid value: "A"'),
    "spec.template.spec.containers[1].image: Required value",
    'spec.template.spec.containers[2].name: Duplicate value: "a"',
    "spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template",
  ]);
});

it("needs a container", () => {
  expect(problems({ metadata: { creationTimestamp: null }, spec: { containers: null } })).toEqual([
    "spec.template.spec.containers: Required value",
  ]);
});
