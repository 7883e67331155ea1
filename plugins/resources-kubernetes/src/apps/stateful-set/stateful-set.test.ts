import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, SELECTOR, template } from "../workloads.fixture.js";
import { StatefulSet } from "./stateful-set.js";

const sets = new Compiled(StatefulSet);
const CLAIM = {
  metadata: { name: "data" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};

function make(spec: JsonObject = {}, rest: JsonObject = {}) {
  return sets.object({ spec: { serviceName: "web", selector: SELECTOR, template: template(), ...spec }, ...rest });
}

function rolling(rollingUpdate: JsonObject): JsonObject {
  return { updateStrategy: { type: "RollingUpdate", rollingUpdate } };
}

describe("StatefulSet", () => {
  it("has upstream's defaults, which stay as they are", () => {
    const object = make({ volumeClaimTemplates: [CLAIM] });
    expect(object.spec).toEqual({
      replicas: 1,
      serviceName: "web",
      selector: SELECTOR,
      template: { metadata: { labels: { app: "web" } }, spec: DEFAULTED_SPEC },
      volumeClaimTemplates: [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: "data" },
          spec: { ...CLAIM.spec, volumeMode: "Filesystem" },
          status: { phase: "Pending" },
        },
      ],
      podManagementPolicy: "OrderedReady",
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0, maxUnavailable: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      revisionHistoryLimit: 10,
    });
    expect(sets.problems(object)).toEqual([]);
    const again = structuredClone(object);
    sets.version.hooks.default?.(again);
    expect(again).toEqual(object);
    expect(make({ updateStrategy: { type: "RollingUpdate" } }).spec).toMatchObject({
      updateStrategy: { type: "RollingUpdate" },
    });
  });

  it.each<[JsonObject, string[]]>([
    [
      { podManagementPolicy: "Random" },
      ["spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'"],
    ],
    [
      { updateStrategy: { type: "Recreate" } },
      [
        'spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
      ],
    ],
    [
      { updateStrategy: { type: "OnDelete", rollingUpdate: { partition: 1 } } },
      [
        'spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy \'RollingUpdate\'',
      ],
    ],
    [
      rolling({ partition: -1, maxUnavailable: 0 }),
      [
        "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0",
      ],
    ],
    [
      rolling({ maxUnavailable: "200%" }),
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "200%": must not be greater than 100%'],
    ],
    [
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Keep", whenScaled: "Drop" } },
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete"',
        'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Drop": supported values: "Retain", "Delete"',
      ],
    ],
    [
      { replicas: -1, minReadySeconds: -1, ordinals: { start: -1 } },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
        "spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [{ serviceName: "a.b" }, ['spec.serviceName: Invalid value: "a.b": must not contain dots']],
    [{ serviceName: "" }, []],
    [
      { selector: undefined },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [{ selector: {} }, ["spec.selector: Invalid value: {}: empty selector is invalid for statefulset"]],
    [
      { template: template({ restartPolicy: "Never", activeDeadlineSeconds: 5 }) },
      [
        'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported",
      ],
    ],
    [
      { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }] },
      [
        "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required",
        "spec.volumeClaimTemplates[0].spec.resources[storage]: Required value",
      ],
    ],
    // the controller makes both
    [{ template: template({ hostname: "A!", subdomain: "B!" }) }, []],
  ])("is checked: %j", (spec, expected) => {
    expect(sets.problems(make(spec))).toEqual(expected);
  });

  it("mounts its claims without volumes of the template", () => {
    const containers = [{ name: "web", image: "nginx:1.27", volumeMounts: [{ name: "data", mountPath: "/data" }] }];
    const mounting = { template: template({ containers }) };
    expect(sets.problems(make({ ...mounting, volumeClaimTemplates: [CLAIM] }))).toEqual([]);
    expect(sets.problems(make(mounting))).toEqual([
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"',
    ]);
  });

  it("may change in some fields only", () => {
    const old = make({ volumeClaimTemplates: [CLAIM] });
    const changes = { replicas: 3, minReadySeconds: 5, ordinals: { start: 2 }, revisionHistoryLimit: 2 };
    expect(sets.updateProblems(make({ volumeClaimTemplates: [CLAIM], ...changes }), old)).toEqual([]);
    const other = { serviceName: "B!", podManagementPolicy: "Parallel" };
    expect(sets.updateProblems(make(other), old)).toEqual([
      "spec.volumeClaimTemplates: Invalid value: null: field is immutable",
      'spec.serviceName: Invalid value: "B!": field is immutable',
      'spec.podManagementPolicy: Invalid value: "Parallel": field is immutable',
    ]);
  });

  it("goes on with a template that was let through before, and may recreate if it did", () => {
    const wrong = { template: template({ dnsPolicy: "Magic" }) };
    const problem = expect.stringContaining("spec.template.spec.dnsPolicy: Unsupported value");
    expect(sets.problems(make(wrong))).toEqual([problem]);
    expect(sets.updateProblems(make(wrong), make())).toEqual([problem]);
    expect(sets.updateProblems(make({ ...wrong, replicas: 2 }), make(wrong))).toEqual([]);
    const recreate = { updateStrategy: { type: "Recreate" } };
    expect(sets.updateProblems(make({ ...recreate, replicas: 2 }), make(recreate))).toEqual([]);
    expect(sets.updateProblems(make(recreate), make())).toHaveLength(1);
  });

  it("has a status", () => {
    const status = { replicas: 1, readyReplicas: 2, currentReplicas: 3, updatedReplicas: 4, availableReplicas: 5 };
    const old = make({}, { status: { collisionCount: 1 } });
    const problems = sets.updateProblems(make({}, { status }), old, { subresource: "status" });
    expect(problems).toEqual([
      "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
      "status.currentReplicas: Invalid value: 3: cannot be greater than status.replicas",
      "status.updatedReplicas: Invalid value: 4: cannot be greater than status.replicas",
      "status.availableReplicas: Invalid value: 5: cannot be greater than status.replicas",
      "status.availableReplicas: Invalid value: 5: cannot be greater than status.readyReplicas",
      "status.collisionCount: Invalid value: 0: cannot be decremented",
    ]);
  });

  it("warns of fractions of bytes and of a history without an end", () => {
    const warnings: string[] = [];
    const claim = { metadata: { name: "data" }, spec: { resources: { requests: { storage: "1500m" } } } };
    const object = make({ volumeClaimTemplates: [claim], revisionHistoryLimit: -1 });
    const over = { warn: (text: string) => warnings.push(text) };
    expect(sets.updateProblems(object, object, over)).toEqual([]);
    expect(warnings).toEqual([
      'spec.volumeClaimTemplates[0].Spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
      "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended",
    ]);
  });

  it("has upstream's columns", () => {
    expect(sets.columns(true)).toEqual(["Name", "Ready", "Age", "Containers", "Images"]);
    expect(sets.columns()).toEqual(["Name", "Ready", "Age"]);
    const object = make({ replicas: 3 }, { status: { readyReplicas: 1 } });
    expect(["Ready", "Containers", "Images"].map((name) => sets.cell(name, object))).toEqual([
      "1/3",
      "web",
      "nginx:1.27",
    ]);
  });
});
