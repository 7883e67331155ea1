import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, SELECTOR, template } from "../workloads.fixture.js";
import { DaemonSet } from "./daemon-set.js";

const sets = new Compiled(DaemonSet);
const COUNT = "deprecated.daemonset.template.generation";

function make(spec: JsonObject = {}, rest: JsonObject = {}) {
  return sets.object({ spec: { selector: SELECTOR, template: template(), ...spec }, ...rest });
}

function rolling(rollingUpdate: JsonObject): JsonObject {
  return { updateStrategy: { type: "RollingUpdate", rollingUpdate } };
}

function created(count?: string): KubeObject {
  const object = make();
  if (count !== undefined) object.metadata.annotations = { [COUNT]: count, other: "kept" };
  sets.version.hooks.prepareForCreate?.(object, context);
  return object;
}

describe("DaemonSet", () => {
  it("has upstream's defaults", () => {
    const object = make();
    expect(object.spec).toEqual({
      selector: SELECTOR,
      template: { metadata: { labels: { app: "web" } }, spec: DEFAULTED_SPEC },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    });
    expect(sets.problems(object)).toEqual([]);
    expect(make({ updateStrategy: { type: "OnDelete" } }).spec).toMatchObject({ updateStrategy: { type: "OnDelete" } });
  });

  it.each<[JsonObject, string[]]>([
    [
      { selector: undefined },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    [{ selector: {} }, ["spec.selector: Invalid value: {}: empty selector is invalid for daemonset"]],
    [
      { template: template({ restartPolicy: "Never", activeDeadlineSeconds: 5 }) },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported",
      ],
    ],
    [
      { minReadySeconds: -1, revisionHistoryLimit: -1 },
      [
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
        "spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [
      { updateStrategy: { type: "Blue" } },
      [
        'spec.updateStrategy: Unsupported value: {"Type":"Blue","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
      ],
    ],
    [
      rolling({ maxUnavailable: 1, maxSurge: "10%" }),
      [
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "10%": may not be set when maxUnavailable is non-zero',
      ],
    ],
    [
      rolling({ maxUnavailable: 0, maxSurge: 0 }),
      ["spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"],
    ],
    [
      rolling({ maxUnavailable: 0, maxSurge: "300%" }),
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "300%": must not be greater than 100%'],
    ],
    [rolling({ maxUnavailable: 0, maxSurge: "100%" }), []],
  ])("is checked: %j", (spec, expected) => {
    expect(sets.problems(make(spec))).toEqual(expected);
  });

  it("counts its templates in an annotation", () => {
    expect(make().metadata.annotations).toEqual({ [COUNT]: "0" });
    expect(created().metadata.annotations).toEqual({ [COUNT]: "1" });
    expect(created("7").metadata.annotations).toEqual({ [COUNT]: "7", other: "kept" });
    const old = created("7");
    const object = make({ minReadySeconds: 5 });
    sets.version.hooks.prepareForUpdate?.(object, old, context);
    expect(object.metadata.annotations).toEqual({ [COUNT]: "7" });
    const next = make({ template: template({ nodeName: "a" }) });
    sets.version.hooks.prepareForUpdate?.(next, old, context);
    expect(next.metadata.annotations).toEqual({ [COUNT]: "8" });
    expect(() => created("many")).toThrow('strconv.ParseInt: parsing "many": invalid syntax');
  });

  it("keeps its selector, and counts make sense", () => {
    expect(sets.updateProblems(make({ selector: {} }), make())).toEqual([
      "spec.selector: Invalid value: {}: field is immutable",
      "spec.selector: Invalid value: {}: empty selector is invalid for daemonset",
    ]);
    const status = { desiredNumberScheduled: -1, numberReady: -1 };
    const old = make({}, { status: { collisionCount: 2 } });
    expect(sets.updateProblems(make({}, { status }), old, { subresource: "status" })).toEqual([
      "status.desiredNumberScheduled: Invalid value: -1: must be greater than or equal to 0",
      "status.numberReady: Invalid value: -1: must be greater than or equal to 0",
      "status.collisionCount: Invalid value: 0: cannot be decremented",
    ]);
  });

  it("has upstream's columns", () => {
    const status = {
      desiredNumberScheduled: 5,
      currentNumberScheduled: 4,
      numberReady: 3,
      updatedNumberScheduled: 2,
      numberAvailable: 1,
    };
    const object = make({ template: template({ nodeSelector: { disk: "ssd" } }) }, { status });
    const columns = ["Desired", "Current", "Ready", "Up-to-date", "Available", "Node Selector"];
    expect(sets.columns()).toEqual(["Name", ...columns, "Age"]);
    expect(sets.columns(true).slice(-3)).toEqual(["Containers", "Images", "Selector"]);
    expect(columns.map((name) => sets.cell(name, object))).toEqual([5, 4, 3, 2, 1, "disk=ssd"]);
    expect(sets.cell("Selector", object)).toBe("app=web");
    expect(sets.cell("Node Selector", make())).toBe("<none>");
  });
});
