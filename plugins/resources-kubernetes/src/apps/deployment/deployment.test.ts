import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, SELECTOR, template } from "../workloads.fixture.js";
import { Deployment } from "./deployment.js";

const deployments = new Compiled(Deployment);

function make(spec: JsonObject = {}, rest: JsonObject = {}) {
  return deployments.object({ spec: { selector: SELECTOR, template: template(), ...spec }, ...rest });
}

function rolling(rollingUpdate: JsonObject): JsonObject {
  return { strategy: { type: "RollingUpdate", rollingUpdate } };
}

describe("Deployment", () => {
  it("has upstream's defaults, which stay as they are", () => {
    const object = make();
    expect(object.spec).toEqual({
      replicas: 1,
      selector: SELECTOR,
      template: { metadata: { labels: { app: "web" } }, spec: DEFAULTED_SPEC },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    expect(deployments.problems(object)).toEqual([]);
    expect(make({ strategy: { type: "Recreate" } }).spec).toMatchObject({ strategy: { type: "Recreate" } });
    const again = structuredClone(object);
    deployments.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it.each<[JsonObject, string[]]>([
    [{ replicas: -1 }, ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]],
    [
      { selector: undefined },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [{ selector: {} }, ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"]],
    [
      { selector: { matchLabels: { app: "other" } } },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    [
      { template: { spec: template().spec } },
      ["spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`"],
    ],
    [
      { selector: { matchExpressions: [{ key: "app", operator: "Is", values: ["web"] }] } },
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Is","values":["web"]}]}: invalid label selector',
      ],
    ],
    [
      { template: template({ restartPolicy: "Never" }) },
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      { template: template({ activeDeadlineSeconds: 5 }) },
      ["spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported"],
    ],
    [{ template: template({ containers: [] }) }, ["spec.template.spec.containers: Required value"]],
    [
      { strategy: { type: "Blue" } },
      [
        'spec.strategy: Unsupported value: {"Type":"Blue","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      { strategy: { type: "Blue", rollingUpdate: { maxSurge: "1%" } } },
      [
        'spec.strategy: Unsupported value: {"Type":"Blue","RollingUpdate":{"MaxUnavailable":0,"MaxSurge":"1%"}}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      { strategy: { type: "Recreate", rollingUpdate: {} } },
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      rolling({ maxUnavailable: 0, maxSurge: "0%" }),
      ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"],
    ],
    [
      rolling({ maxUnavailable: "101%", maxSurge: -1 }),
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0",
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
    [
      { minReadySeconds: -1, revisionHistoryLimit: -1, progressDeadlineSeconds: -1 },
      [
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
        "spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
        "spec.progressDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
        "spec.progressDeadlineSeconds: Invalid value: -1: must be greater than minReadySeconds",
      ],
    ],
    [
      { minReadySeconds: 600 },
      ["spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"],
    ],
  ])("is refused: %j", (spec, expected) => {
    expect(deployments.problems(make(spec))).toEqual(expected);
  });

  it("may not choose other pods than before", () => {
    const other = {
      selector: { matchLabels: { app: "b" } },
      template: { metadata: { labels: { app: "b" } }, spec: template().spec },
    };
    const [object, old] = [make(JSON.parse(JSON.stringify(other))), make()];
    expect(deployments.updateProblems(object, old)).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    ]);
    expect(deployments.updateProblems(make({ replicas: 5 }), old)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [{ replicas: 2, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1, collisionCount: 2 }, []],
    [
      { unavailableReplicas: -1, collisionCount: 1 },
      ["status.unavailableReplicas: Invalid value: -1: must be greater than or equal to 0"],
    ],
    [{}, ["status.collisionCount: Invalid value: 0: cannot be decremented"]],
    [
      { replicas: 1, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 3, collisionCount: 0 },
      [
        "status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas",
        "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
        "status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas",
        "status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas",
        "status.collisionCount: Invalid value: 0: cannot be decremented",
      ],
    ],
  ])("has a status: %j", (status, expected) => {
    const old = make({}, { status: { collisionCount: 1 } });
    // the rules of the spec are not asked
    const object = make({ replicas: -1 }, { status });
    expect(deployments.updateProblems(object, old, { subresource: "status" })).toEqual(expected);
  });

  it("counts changes of annotations as changes of what is wanted", () => {
    const old = make();
    old.metadata.generation = 4;
    const object = structuredClone(old);
    deployments.version.hooks.prepareForUpdate?.(object, old, context);
    expect(object.metadata.generation).toBe(4);
    object.metadata.annotations = { "example.com/why": "tests" };
    deployments.version.hooks.prepareForUpdate?.(object, old, context);
    expect(object.metadata.generation).toBe(5);
  });

  it("lets nobody own its labels by a write of the status, which does not change them", () => {
    expect(deployments.descriptor.resetFields).toEqual({ status: ["spec", "metadata.labels"] });
    const [old, next] = [make(), make()];
    old.metadata.labels = { app: "web" };
    next.metadata.labels = { app: "other" };
    deployments.version.hooks.prepareForPartUpdate?.(next, old, { ...context, subresource: "status" });
    expect(next.metadata.labels).toEqual({ app: "web" });
  });

  it("warns of names that are no labels", () => {
    const warnings: string[] = [];
    const object = make();
    object.metadata.name = "a.b";
    expect(deployments.problems(object, { warn: (text) => warnings.push(text) })).toEqual([]);
    expect(warnings).toEqual([
      "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; " +
        "a DNS label is recommended: [must not contain dots]",
    ]);
  });

  it("has upstream's columns", () => {
    const object = make({ replicas: 3 }, { status: { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 1 } });
    expect(deployments.columns(true)).toEqual([
      "Name",
      "Ready",
      "Up-to-date",
      "Available",
      "Age",
      "Containers",
      "Images",
      "Selector",
    ]);
    expect(deployments.columns()).toHaveLength(5);
    const cells = ["Ready", "Up-to-date", "Available", "Containers", "Images", "Selector"];
    expect(cells.map((name) => deployments.cell(name, object))).toEqual(["2/3", 3, 1, "web", "nginx:1.27", "app=web"]);
    expect(deployments.cell("Selector", make({ selector: {} }))).toBe("");
    expect(deployments.cell("Selector", make({ selector: { matchLabels: { "-": "" } } }))).toBe("<invalid>");
  });

  it("has a scale with its selector", () => {
    const { selector } = deployments.version.scale ?? {};
    const expressions = [{ key: "zone", operator: "In", values: ["b", "a"] }];
    const object = make({ selector: { ...SELECTOR, matchExpressions: expressions } });
    expect(typeof selector === "function" && selector(object)).toBe("app=web,zone in (a,b)");
  });
});
