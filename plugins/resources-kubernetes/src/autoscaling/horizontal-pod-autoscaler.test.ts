import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { HorizontalPodAutoscaler } from "./horizontal-pod-autoscaler.js";

const kind = new Compiled(HorizontalPodAutoscaler);
const scaleTargetRef = { kind: "Deployment", name: "web", apiVersion: "apps/v1" };

function spec(fields: JsonObject): JsonObject {
  return { spec: { scaleTargetRef, maxReplicas: 3, ...fields } };
}

function metric(fields: JsonObject): JsonObject {
  return spec({ metrics: [fields] });
}

describe("an autoscaler", () => {
  it("has one replica at least and looks at the CPU", () => {
    const object = kind.object(spec({}));
    expect(object.spec).toEqual({
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
    });
    expect(kind.problems(object)).toEqual([]);
  });

  it("completes a behaviour that says something", () => {
    const object = kind.object(spec({ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } }));
    expect(object.spec).toMatchObject({
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: "Max",
          policies: [
            { type: "Pods", value: 4, periodSeconds: 15 },
            { type: "Percent", value: 100, periodSeconds: 15 },
          ],
        },
        scaleDown: {
          stabilizationWindowSeconds: 60,
          selectPolicy: "Max",
          policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
        },
      },
    });
    const again = structuredClone(object);
    kind.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it("loses the annotations of the older version", () => {
    const annotations = { "autoscaling.alpha.kubernetes.io/metrics": "[]", a: "b" };
    expect(kind.object(spec({}), { name: "a", annotations }).metadata.annotations).toEqual({ a: "b" });
  });

  it.each<[JsonObject, string[]]>([
    [
      { spec: {} },
      [
        "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
        "spec.scaleTargetRef.kind: Required value",
        "spec.scaleTargetRef.name: Required value",
        'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
        "spec.maxReplicas: Required value",
      ],
    ],
    [spec({ minReplicas: -1 }), ["spec.minReplicas: Invalid value: -1: must be greater than or equal to 0"]],
    [
      spec({ minReplicas: 0 }),
      [
        "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
      ],
    ],
    [
      spec({ maxReplicas: -2, minReplicas: 1 }),
      [
        "spec.maxReplicas: Invalid value: -2: must be greater than or equal to `minReplicas`",
        "spec.maxReplicas: Invalid value: -2: must be greater than or equal to 1",
      ],
    ],
    [
      spec({ scaleTargetRef: { kind: "a/b", name: "..", apiVersion: "a/b/c" } }),
      [
        "spec.scaleTargetRef.kind: Invalid value: \"a/b\": may not contain '/'",
        "spec.scaleTargetRef.name: Invalid value: \"..\": may not be '..'",
        'spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
      ],
    ],
    [spec({ scaleTargetRef: { kind: "ReplicationController", name: "a", apiVersion: "v1" } }), []],
    [
      metric({ type: "" }),
      [
        "spec.metrics[0].type: Required value: must specify a metric source type",
        'spec.metrics[0].type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      ],
    ],
    [
      metric({ type: "Pods" }),
      ["spec.metrics[0].pods: Required value: must populate information for the given metric source"],
    ],
    [
      metric({ type: "Object", object: {} }),
      [
        "spec.metrics[0].object.describedObject.kind: Required value",
        "spec.metrics[0].object.describedObject.name: Required value",
        "spec.metrics[0].object.metric.name: Required value: must specify a metric name",
        "spec.metrics[0].object.target.type: Required value: must specify a metric target type",
        'spec.metrics[0].object.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
        "spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue",
      ],
    ],
    [
      metric({
        type: "External",
        external: { metric: { name: "a/b" }, target: { type: "Value", value: "0", averageValue: "-1" } },
      }),
      [
        "spec.metrics[0].external.metric.name: Invalid value: \"a/b\": may not contain '/'",
        'spec.metrics[0].external.target.value: Invalid value: "0": must be positive',
        'spec.metrics[0].external.target.averageValue: Invalid value: "-1": must be positive',
        "spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target",
      ],
    ],
    [
      metric({ type: "External", external: { metric: { name: "a" }, target: { type: "Value" } } }),
      [
        "spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a per-pod target",
      ],
    ],
    [
      metric({ type: "Pods", pods: { metric: { name: "a" }, target: { type: "AverageValue" } } }),
      ["spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue"],
    ],
    [
      metric({
        type: "Resource",
        resource: { name: "", target: { type: "Utilization", averageUtilization: 0, averageValue: "1" } },
      }),
      [
        "spec.metrics[0].resource.name: Required value: must specify a resource name",
        "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
        "spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization",
      ],
    ],
    [
      metric({
        type: "ContainerResource",
        containerResource: { name: "pods", container: "A", target: { type: "Value" } },
      }),
      [
        'spec.metrics[0].containerResource.name: Invalid value: "pods": must be a standard resource for containers',
        "spec.metrics[0].containerResource.container: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "spec.metrics[0].containerResource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
      ],
    ],
    [
      metric({
        type: "Pods",
        resource: { name: "cpu", target: { type: "Value", averageValue: "1" } },
        pods: { metric: { name: "a" }, target: { type: "Value", averageValue: "1" } },
      }),
      ["spec.metrics[0].resource: Forbidden: must populate the given metric source only"],
    ],
    [
      spec({
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 3601, selectPolicy: "Most", tolerance: "-1" },
        },
      }),
      [
        "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600",
        'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Most": supported values: "Disabled", "Max", "Min"',
        'spec.behavior.scaleUp.tolerance: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      spec({
        behavior: {
          scaleDown: {
            stabilizationWindowSeconds: -1,
            policies: [
              { type: "A", value: 0, periodSeconds: 0 },
              { type: "Pods", value: 1, periodSeconds: 1801 },
            ],
          },
        },
      }),
      [
        "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero",
        'spec.behavior.scaleDown.policies[0].type: Unsupported value: "A": supported values: "Percent", "Pods"',
        "spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero",
        "spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 0: must be greater than zero",
        "spec.behavior.scaleDown.policies[1].periodSeconds: Invalid value: 1801: must be less than or equal to 1800",
      ],
    ],
  ])("is checked: %j", (fields, problems) => {
    expect(kind.problems(kind.object(fields))).toEqual(problems);
  });

  it("may keep a target whose version says nothing", () => {
    const old = kind.object(spec({ scaleTargetRef: { kind: "Deployment", name: "web" } }));
    const renamed = kind.object(spec({ scaleTargetRef: { kind: "Deployment", name: "api" } }));
    const moved = kind.object(spec({ scaleTargetRef: { kind: "StatefulSet", name: "api" } }));
    expect(kind.updateProblems(renamed, old)).toEqual([]);
    expect(kind.updateProblems(moved, old)).toEqual([
      'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
    ]);
    const status = { ...old, status: { currentReplicas: -1, desiredReplicas: -2, currentMetrics: null } };
    expect(kind.updateProblems(status, old, { subresource: "status" })).toEqual([
      "status.currentReplicas: Invalid value: -1: must be greater than or equal to 0",
      "status.desiredReplicas: Invalid value: -2: must be greater than or equal to 0",
    ]);
  });

  it("is shown as upstream shows it", () => {
    expect(kind.columns()).toEqual(["Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"]);
    const target = { type: "AverageValue", averageValue: "10" };
    const object = kind.object({
      ...spec({
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
          { type: "External", external: { metric: { name: "queue" }, target } },
          { type: "Pods", pods: { metric: { name: "hits" }, target } },
        ],
      }),
      status: {
        currentReplicas: 2,
        currentMetrics: [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: 3 } } }],
      },
    });
    const names = ["Reference", "Targets", "MinPods", "MaxPods", "Replicas"];
    expect(names.map((name) => kind.cell(name, object))).toEqual([
      "Deployment/web",
      "cpu: 3%/80%, <unknown>/10 (avg) + 1 more...",
      "1",
      3,
      2,
    ]);
  });
});
