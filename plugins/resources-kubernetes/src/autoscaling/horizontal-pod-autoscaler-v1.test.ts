import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../compiled.fixture.js";
import { HorizontalPodAutoscaler } from "./horizontal-pod-autoscaler.js";
import { HorizontalPodAutoscalerV1 } from "./horizontal-pod-autoscaler-v1.js";

const v2 = new Compiled(HorizontalPodAutoscaler);
const v1 = new Compiled(HorizontalPodAutoscalerV1, HorizontalPodAutoscaler);
const scaleTargetRef = { kind: "Deployment", name: "web", apiVersion: "apps/v1" };
const ANNOTATION = "autoscaling.alpha.kubernetes.io/";

function older(spec: JsonObject, annotations: { [key: string]: string } = {}, status: JsonObject = {}): KubeObject {
  return v1.object({ spec: { scaleTargetRef, maxReplicas: 3, ...spec }, status }, { name: "a", annotations });
}

describe("an autoscaler of v1", () => {
  it("looks at the CPU when it says nothing", () => {
    const object = older({});
    expect(object.spec).toEqual({ scaleTargetRef, minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 80 });
    expect(v1.problems(object)).toEqual([]);
    expect(v1.version.toStorage(object).spec).toMatchObject({
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
    });
  });

  it("keeps in annotations what only v2 has, and reads it back", () => {
    const metric = { name: "hits", selector: { matchLabels: { a: "b" } } };
    const describedObject = { kind: "Service", name: "web" };
    const stored = v2.object({
      spec: {
        scaleTargetRef,
        maxReplicas: 5,
        metrics: [
          { type: "Resource", resource: { name: "memory", target: { type: "AverageValue", averageValue: "1Gi" } } },
          { type: "Pods", pods: { metric, target: { type: "AverageValue", averageValue: "10" } } },
          { type: "Object", object: { describedObject, metric, target: { type: "Value", value: "7" } } },
          { type: "External", external: { metric, target: { type: "Value", value: "500m" } } },
          {
            type: "ContainerResource",
            containerResource: {
              name: "cpu",
              container: "web",
              target: { type: "Utilization", averageUtilization: 5 },
            },
          },
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } },
        ],
        behavior: { scaleDown: { selectPolicy: "Min", tolerance: "50m" } },
      },
      status: {
        currentReplicas: 2,
        desiredReplicas: 3,
        currentMetrics: [
          { type: "Resource", resource: { name: "cpu", current: { averageUtilization: 4, averageValue: "1" } } },
          { type: "Pods", pods: { metric, current: { averageValue: "2" } } },
          { type: "Object", object: { metric, describedObject, current: { value: "3" } } },
          { type: "External", external: { metric, current: { value: "4", averageValue: "1" } } },
          {
            type: "ContainerResource",
            containerResource: { name: "cpu", container: "web", current: { averageValue: "1" } },
          },
        ],
        conditions: [
          { type: "AbleToScale", status: "True", lastTransitionTime: "2026-01-02T03:04:05Z", reason: "Ready" },
        ],
      },
    });
    const object = v1.version.fromStorage(stored);
    expect(object.spec).toMatchObject({ maxReplicas: 5, targetCPUUtilizationPercentage: 60 });
    expect(object.status).toEqual({ currentReplicas: 2, desiredReplicas: 3, currentCPUUtilizationPercentage: 4 });
    const { annotations = {} } = object.metadata;
    expect(annotations[`${ANNOTATION}metrics`]).toMatch(
      /^\[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}},{"type":"Pods","pods":{"metricName":"hits","targetAverageValue":"10","selector":{"matchLabels":{"a":"b"}}}},/,
    );
    expect(annotations[`${ANNOTATION}behavior`]).toBe(
      '{"ScaleUp":{"StabilizationWindowSeconds":0,"SelectPolicy":"Max","Policies":[{"Type":"Pods","Value":4,"PeriodSeconds":15},' +
        '{"Type":"Percent","Value":100,"PeriodSeconds":15}],"Tolerance":null},"ScaleDown":{"StabilizationWindowSeconds":null,' +
        '"SelectPolicy":"Min","Policies":[{"Type":"Percent","Value":100,"PeriodSeconds":15}],"Tolerance":"50m"}}',
    );
    expect(annotations[`${ANNOTATION}conditions`]).toBe(
      '[{"type":"AbleToScale","status":"True","lastTransitionTime":"2026-01-02T03:04:05Z","reason":"Ready"}]',
    );
    const { metadata, ...back } = v1.version.toStorage(object);
    const { metadata: _metadata, ...before } = stored;
    expect(back).toEqual(before);
    expect(metadata.annotations).toBeUndefined();
  });

  it.each(["[", "{}", '[{"type":1}]', '[{"type":"Pods","pods":{"targetAverageValue":"x"}}]', "[3]"])(
    "passes over an annotation that cannot be read: %s",
    (text) => {
      const object = older({}, { [`${ANNOTATION}metrics`]: text });
      expect(object.spec).toMatchObject({ targetCPUUtilizationPercentage: 80 });
      expect(v1.version.toStorage(object).spec).toMatchObject({ metrics: [{ type: "Resource" }] });
    },
  );

  it("is checked with what its annotations say", () => {
    const object = older(
      { minReplicas: 4 },
      {
        [`${ANNOTATION}metrics`]: '[{"type":"Pods"}]',
        [`${ANNOTATION}behavior`]: '{"ScaleUp":{"SelectPolicy":"Max"}}',
      },
    );
    expect(v1.problems(object)).toEqual([
      "spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`",
      "spec.metrics[0].pods: Required value: must populate information for the given metric source",
      "spec.behavior.scaleUp.policies: Required value: must specify at least one Policy",
    ]);
  });

  it("keeps annotations that are parts of the status from updates, and those of the spec from updates of the status", () => {
    const conditions = `${ANNOTATION}conditions`;
    const metrics = `${ANNOTATION}metrics`;
    const read = (type: string): string => `[{"type":"${type}","status":"","lastTransitionTime":null}]`;
    // what says nothing is gone once it is read
    const old = older({}, { [conditions]: read("B"), [metrics]: "[]" });
    const next = older({}, { [conditions]: read("A"), [metrics]: '[{"type":"Pods"}]' });
    const updated = structuredClone(next);
    v1.version.hooks.prepareForUpdate?.(updated, old, context);
    expect(updated.metadata).toMatchObject({
      annotations: { [conditions]: read("B"), [metrics]: '[{"type":"Pods"}]' },
    });
    expect(updated.metadata.generation).toBe(1);
    const observed = structuredClone(next);
    v1.version.hooks.prepareForPartUpdate?.(observed, old, context);
    expect(observed.metadata.annotations).toEqual({ [conditions]: read("A") });
  });

  it("is shown with all that v2 has", () => {
    const object = older(
      {},
      { [`${ANNOTATION}metrics`]: '[{"type":"Pods","pods":{"metricName":"hits","targetAverageValue":"10"}}]' },
    );
    expect(v1.columns()).toEqual(v2.columns());
    expect(v1.cell("Targets", object)).toBe("<unknown>/10");
  });
});
