import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, SELECTOR, template } from "../workloads.fixture.js";
import { ReplicaSet } from "./replica-set.js";

const sets = new Compiled(ReplicaSet);

function make(spec: JsonObject = {}, rest: JsonObject = {}) {
  return sets.object({ spec: { selector: SELECTOR, template: template(), ...spec }, ...rest });
}

describe("ReplicaSet", () => {
  it("has upstream's defaults", () => {
    const object = make();
    expect(object.spec).toEqual({
      replicas: 1,
      selector: SELECTOR,
      template: { metadata: { labels: { app: "web" } }, spec: DEFAULTED_SPEC },
    });
    expect(sets.problems(object)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { replicas: -1, minReadySeconds: -2 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
      ],
    ],
    [{ selector: {} }, ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"]],
    [
      { selector: { matchLabels: { app: "/" } } },
      [
        expect.stringContaining('spec.selector.matchLabels: Invalid value: "/"'),
        'spec.selector: Invalid value: {"matchLabels":{"app":"/"}}: invalid label selector',
      ],
    ],
    [
      { template: template({ restartPolicy: "OnFailure" }) },
      ['spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"'],
    ],
  ])("is refused: %j", (spec, expected) => {
    expect(sets.problems(make(spec))).toEqual(expected);
  });

  it("keeps its selector, and its counts make sense", () => {
    const wider = { matchExpressions: [{ key: "app", operator: "Exists" }] };
    expect(sets.updateProblems(make({ selector: wider }), make())).toEqual([
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Exists"}]}: field is immutable',
    ]);
    const status = {
      replicas: 1,
      fullyLabeledReplicas: 2,
      readyReplicas: 0,
      availableReplicas: 1,
      observedGeneration: -1,
    };
    expect(sets.updateProblems(make({}, { status }), make(), { subresource: "status" })).toEqual([
      "status.observedGeneration: Invalid value: -1: must be greater than or equal to 0",
      "status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas",
      "status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas",
    ]);
  });

  it("has upstream's columns", () => {
    const object = make({ replicas: 3 }, { status: { replicas: 2, readyReplicas: 1 } });
    const columns = ["Name", "Desired", "Current", "Ready", "Age", "Containers", "Images", "Selector"];
    expect(sets.columns(true)).toEqual(columns);
    expect(sets.columns()).toEqual(columns.slice(0, 5));
    expect(columns.filter((name) => name !== "Age").map((name) => sets.cell(name, object))).toEqual([
      "a",
      3,
      2,
      1,
      "web",
      "nginx:1.27",
      "app=web",
    ]);
  });
});
