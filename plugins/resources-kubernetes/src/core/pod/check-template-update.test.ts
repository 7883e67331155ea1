import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkTemplateUpdate, type TemplateChanges } from "./check-template-update.js";

const container: core.Container = { name: "a", image: "x", resources: {} };
const nodeAffinity: core.NodeAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [] }] },
};

function template(spec: Partial<core.PodSpec> = {}, labels: { [key: string]: string } = {}): core.PodTemplateSpec {
  return { metadata: { creationTimestamp: null, labels }, spec: { containers: [container], ...spec } };
}

function refused(now: core.PodTemplateSpec, old: core.PodTemplateSpec, changes?: TemplateChanges): string[] {
  const errors = new FieldErrors();
  checkTemplateUpdate(now, old, "spec.template", errors, changes);
  return errors.list.map(({ field, message }) => `${field}: ${message.slice(message.lastIndexOf(": ") + 2)}`);
}

const AS_A_WHOLE = ["spec.template: field is immutable"];
const scheduling = { scheduling: true };

it("stays as it was", () => {
  expect(refused(template(), template())).toEqual([]);
  expect(refused(template({ hostname: "h" }), template())).toEqual(AS_A_WHOLE);
  expect(refused(template({ tolerations: [] }), template())).toEqual(AS_A_WHOLE);
});

it.each<[Partial<core.PodSpec>, Partial<core.PodSpec>]>([
  [{}, { nodeSelector: { a: "b" }, tolerations: [{ key: "k" }], schedulingGates: [{ name: "g" }] }],
  [{ nodeSelector: { a: "b" } }, {}],
  [{}, { affinity: { nodeAffinity } }],
  [{ affinity: { nodeAffinity } }, {}],
  [{ affinity: { nodeAffinity } }, { affinity: {} }],
  [{ affinity: { nodeAffinity, podAffinity: {} } }, { affinity: { podAffinity: {} } }],
])("may be scheduled elsewhere: %j to %j", (before, after) => {
  expect(refused(template(after, { a: "b" }), template(before), scheduling)).toEqual([]);
  expect(refused(template(after), template(before))).toEqual(AS_A_WHOLE);
});

it.each<[Partial<core.PodSpec>, Partial<core.PodSpec>]>([
  [{}, { affinity: { podAffinity: {} } }],
  [{ affinity: { nodeAffinity, podAffinity: {} } }, {}],
  [{}, { containers: [{ ...container, resources: { limits: { cpu: "1" } } }] }],
])("is scheduled elsewhere by nothing else: %j to %j", (before, after) => {
  expect(refused(template(after), template(before), scheduling)).toEqual(AS_A_WHOLE);
});

it("may give its containers other resources", () => {
  const more = { ...container, resources: { limits: { cpu: "1" } } };
  const init = { ...container, name: "i" };
  const before = template({ initContainers: [init] });
  const after = template({ containers: [more], initContainers: [{ ...init, resources: more.resources }] });
  expect(refused(after, before, { resources: true })).toEqual([]);
  expect(refused(template({ containers: [{ ...more, name: "b" }] }), template(), { resources: true })).toEqual([
    "spec.template.spec: field is immutable",
  ]);
  expect(refused(template({ containers: [more, { ...more, name: "b" }] }), template(), { resources: true })).toEqual([
    "spec.template.spec: field is immutable",
  ]);
});
