import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { DEFAULTED_SPEC, template } from "../../apps/workloads.fixture.js";
import { Compiled } from "../../compiled.fixture.js";
import { ReplicationController } from "./replication-controller.js";

const controllers = new Compiled(ReplicationController);
const LABELS = { app: "web" };

function make(spec: JsonObject = {}, rest: JsonObject = {}) {
  return controllers.object({ spec: { template: template(), ...spec }, ...rest });
}

describe("ReplicationController", () => {
  it("takes selector and labels from the template", () => {
    const object = make();
    expect(object.spec).toEqual({
      replicas: 1,
      selector: LABELS,
      template: { metadata: { labels: LABELS }, spec: DEFAULTED_SPEC },
    });
    expect(object.metadata.labels).toEqual(LABELS);
    expect(controllers.problems(object)).toEqual([]);
  });

  it("begins without a number of pods, which is then that of who creates it", () => {
    expect(controllers.version.zeroFields).toEqual({ spec: {}, status: { replicas: 0 } });
  });

  it.each<[JsonObject, string[]]>([
    [
      { replicas: -1, minReadySeconds: -1 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [{ template: undefined }, ["spec.selector: Required value", "spec.template: Required value"]],
    [
      { selector: { app: "other" } },
      ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
    ],
    [
      { template: template({ restartPolicy: "Never", activeDeadlineSeconds: 1 }) },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported",
      ],
    ],
  ])("is refused: %j", (spec, expected) => {
    expect(controllers.problems(make(spec))).toEqual(expected);
    expect(controllers.updateProblems(make(spec), make())).toEqual(expected);
  });

  it("may choose other pods", () => {
    const other = { selector: { app: "b" }, template: { metadata: { labels: { app: "b" } }, spec: template().spec } };
    expect(controllers.updateProblems(make(JSON.parse(JSON.stringify(other))), make())).toEqual([]);
  });

  it("has a status, which may be selected by, and a scale", () => {
    const status = { replicas: 1, readyReplicas: 2 };
    const object = make({}, { status });
    expect(controllers.updateProblems(object, make(), { subresource: "status" })).toEqual([
      "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
    ]);
    expect(controllers.version.selectableFields.get("status.replicas")?.(object)).toBe("1");
    const { selector } = controllers.version.scale ?? {};
    expect(typeof selector === "function" && selector(object)).toBe("app=web");
  });

  it("leaves its pods alone when it is deleted, and has upstream's columns", () => {
    expect(controllers.descriptor.garbageCollection).toBe("orphan");
    const columns = ["Name", "Desired", "Current", "Ready", "Age", "Containers", "Images", "Selector"];
    expect(controllers.columns(true)).toEqual(columns);
    const object = make({ replicas: 2 }, { status: { replicas: 1 } });
    expect(["Desired", "Current", "Ready", "Selector"].map((name) => controllers.cell(name, object))).toEqual([
      2,
      1,
      0,
      "app=web",
    ]);
  });
});
