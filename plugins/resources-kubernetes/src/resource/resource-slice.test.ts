import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCel } from "../checks/check-cel.js";
import { Compiled, context } from "../compiled.fixture.js";
import { DeviceClass } from "./device-class.js";
import { DeviceTaintRule } from "./device-taint-rule.js";
import { ResourceSlice, ResourceSliceV1beta1 } from "./resource-slice.js";

const slices = new Compiled(ResourceSlice);
const basicSlices = new Compiled(ResourceSliceV1beta1, ResourceSlice);
const rules = new Compiled(DeviceTaintRule);
const classes = new Compiled(DeviceClass);
const spec = {
  driver: "d.example.com",
  pool: { name: "n1", generation: 1, resourceSliceCount: 1 },
  nodeName: "n1",
};

function slice(over: JsonObject): KubeObject {
  return slices.object({ spec: { ...spec, ...over } });
}

/** A slice with a device whose capacity can be asked for in parts. */
function policy(requestPolicy: JsonObject): JsonObject {
  return { devices: [{ name: "a", allowMultipleAllocations: true, capacity: { m: { value: "4Gi", requestPolicy } } }] };
}

beforeAll(() => loadCel());

describe("ResourceSlice", () => {
  it.each<JsonObject>([
    {},
    { devices: [{ name: "a", attributes: { model: { string: "x" }, "a.b/v": { version: "1.2.3-rc.1" } } }] },
    {
      devices: [
        {
          name: "a",
          capacity: { memory: { value: "1Gi" } },
          consumesCounters: [{ counterSet: "c", counters: { m: { value: "1" } } }],
        },
      ],
    },
    { nodeName: null, sharedCounters: [{ name: "c", counters: { m: { value: "1" } } }], allNodes: true },
    { nodeName: null, perDeviceNodeSelection: true, devices: [{ name: "a", nodeName: "n2" }] },
  ])("takes %j", (over) => {
    const object = slice(over);
    expect(slices.problems(object)).toEqual([]);
    expect(slices.updateProblems(object, object)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { driver: "", pool: { name: "", generation: -1, resourceSliceCount: 0 } },
      [
        "spec.driver: Required value",
        "spec.pool.name: Required value",
        "spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero",
        "spec.pool.generation: Invalid value: -1: must be greater than or equal to zero",
      ],
    ],
    [
      { nodeName: null },
      [
        "spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required",
      ],
    ],
    [
      { allNodes: true },
      [
        'spec: Invalid value: "{`nodeName`, `allNodes`}": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set',
      ],
    ],
    [
      {
        nodeName: null,
        nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists" }] }, {}] },
      },
      [
        'spec.nodeSelector.nodeSelectorTerms: Invalid value: [{"MatchExpressions":[{"Key":"a","Operator":"Exists","Values":null}],"MatchFields":null},{"MatchExpressions":null,"MatchFields":null}]: must have exactly one node selector term',
      ],
    ],
    [
      { devices: [{ name: "a" }], sharedCounters: [{ name: "", counters: {} }] },
      [
        'spec: Invalid value: "": only one of `sharedCounters` or `devices` is allowed',
        "spec.sharedCounters[0].name: Required value",
        "spec.sharedCounters[0].counters: Required value",
      ],
    ],
    [
      {
        devices: [
          { name: "a", attributes: { "1": {}, b: { int: 1, bool: true } } },
          { name: "a", allNodes: true },
        ],
      },
      [
        expect.stringMatching(/^spec\.devices\[0\]\.attributes: Invalid value: "1": a valid C identifier/),
        "spec.devices[1]: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
        'spec.devices[1]: Duplicate value: "a"',
        'spec.devices[0].attributes[1]: Invalid value: "": must specify one of: `int`, `bool`, `string`, `version`, `ints`, `bools`, `strings`, `versions`',
        'spec.devices[0].attributes[b]: Invalid value: "{`int`, `bool`}": must specify exactly one of: `int`, `bool`, `string`, `version`, `ints`, `bools`, `strings`, `versions`',
      ],
    ],
    [
      { devices: [{ name: "a", attributes: { s: { string: "x".repeat(65) }, v: { version: "v1" } } }] },
      [
        "spec.devices[0].attributes[s].string: Too long: may not be more than 64 bytes",
        'spec.devices[0].attributes[v].version: Invalid value: "v1": must be a string compatible with semver.org spec 2.0.0',
      ],
    ],
    [
      policy({ default: "3Gi", validValues: ["2Gi", "1Gi", "8Gi"] }),
      [
        'POLICY.validValues[1]: Invalid value: "1Gi": values must be sorted in ascending order',
        'POLICY.validValues[2]: Invalid value: "8Gi": option is larger than capacity value: 4Gi',
        'POLICY.validValues: Invalid value: "3Gi": default value is not valid according to the requestPolicy',
      ],
    ],
    [
      policy({ default: "1", validRange: {} }),
      ["POLICY.validRange.min: Required value: required when validRange is defined"],
    ],
    [
      policy({ default: "1Gi", validRange: { min: "2Gi", max: "8Gi", step: "3Gi" } }),
      [
        'POLICY.validRange.default: Invalid value: "1Gi": default is less than min: 2Gi',
        'POLICY.validRange.max: Invalid value: "8Gi": max is larger than capacity value: 4Gi',
        'POLICY.validRange.step: Invalid value: "3Gi": one step 5Gi is larger than capacity value: 4Gi',
        'POLICY.validRange.step: Invalid value: "1Gi": value is not a multiple of a given step (3Gi) from (2Gi)',
      ],
    ],
    [policy({ default: "1Gi", validRange: { min: "1Gi", max: "3Gi", step: "1Gi" } }), []],
    [
      policy({ default: "1Gi", validRange: { min: "1Gi", step: "0" } }),
      ['POLICY.validRange.step: Invalid value: "0": must be greater than zero'],
    ],
    [
      { devices: [{ name: "a", capacity: { m: { value: "1", requestPolicy: { default: "1" } } } }] },
      ["POLICY: Forbidden: allowMultipleAllocations must be true"],
    ],
    [
      { devices: [{ name: "a", taints: [{ key: "", effect: "Never" }] }] },
      [
        expect.stringMatching(/^spec\.devices\[0\]\.taints\[0\]\.key: Invalid value: "": name part must be non-empty/),
        expect.stringMatching(/^spec\.devices\[0\]\.taints\[0\]\.key: Invalid value: ""/),
        'spec.devices[0].taints[0].effect: Unsupported value: "Never": supported values: "NoExecute", "NoSchedule", "None"',
      ],
    ],
    [
      { nodeName: null, perDeviceNodeSelection: true, devices: [{ name: "a" }] },
      [
        "spec.devices[0]: Required value: exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec",
      ],
    ],
  ])("is refused with %j", (over, expected) => {
    const at = "spec.devices[0].capacity[m].requestPolicy";
    expect(slices.problems(slice(over)).map((one) => one.replace(at, "POLICY"))).toEqual(expected);
  });

  it("stays with its driver, pool and node, and warns of capitals", () => {
    const pool = { ...spec.pool, name: "n2" };
    expect(slices.updateProblems(slice({ driver: "e.example.com", pool, nodeName: "n2" }), slice({}))).toEqual([
      'spec.pool.name: Invalid value: "n2": field is immutable',
      'spec.driver: Invalid value: "e.example.com": field is immutable',
      'spec.nodeName: Invalid value: "n2": field is immutable',
    ]);
    const warnings: string[] = [];
    slices.problems(slice({ driver: "D.example.com" }), { warn: (text) => warnings.push(text) });
    expect(warnings).toEqual([
      'spec.driver: driver names should be lowercase; "D.example.com" contains uppercase characters',
    ]);
  });

  it("has since when its devices are tainted", () => {
    const object = slice({ devices: [{ name: "a", taints: [{ key: "k", effect: "NoSchedule" }] }] });
    expect(object).toMatchObject({
      spec: { devices: [{ taints: [{ timeAdded: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) }] }] },
    });
  });

  it("has in v1beta1 all of a device in its basic", () => {
    const device = { attributes: { model: { string: "x" } } };
    const older = basicSlices.object({ spec: { ...spec, devices: [{ name: "a", basic: device }] } });
    const newer = slice({ devices: [{ name: "a", ...device }] });
    expect(basicSlices.problems(older)).toEqual([]);
    expect(basicSlices.version.toStorage(older).spec).toEqual(newer.spec);
    expect(basicSlices.version.fromStorage(newer).spec).toEqual(older.spec);
    expect(basicSlices.updateProblems(older, older)).toEqual([]);
  });

  it("is printed as upstream prints it", () => {
    expect(slices.columns(true)).toEqual(["Name", "Node", "Driver", "Pool", "Age"]);
    expect(["Node", "Driver", "Pool"].map((name) => slices.cell(name, slice({})))).toEqual([
      "n1",
      "d.example.com",
      "n1",
    ]);
    expect(slices.cell("Node", slice({ nodeName: null, allNodes: true }))).toBe("");
  });
});

describe("DeviceTaintRule", () => {
  const taint = { key: "k", effect: "NoSchedule", timeAdded: "2026-01-01T00:00:00Z" };

  it("is checked in its choice and its taint", () => {
    expect(rules.problems(rules.object({ spec: { taint } }))).toEqual([]);
    const deviceSelector = { driver: "", pool: "A", device: "B" };
    expect(rules.problems(rules.object({ spec: { deviceSelector, taint: { ...taint, effect: "" } } }))).toEqual([
      "spec.deviceSelector.driver: Required value",
      expect.stringMatching(/^spec\.deviceSelector\.pool: Invalid value: "A"/),
      expect.stringMatching(/^spec\.deviceSelector\.device: Invalid value: "B"/),
      "spec.taint.effect: Required value",
    ]);
  });

  it("is tainted anew when the effect changes", () => {
    const old = rules.object({ spec: { taint } });
    const changed = rules.object({ spec: { taint: { ...taint, effect: "NoExecute" } } });
    rules.version.hooks.prepareForUpdate?.(changed, old, context);
    expect(changed).not.toMatchObject({ spec: { taint: { timeAdded: taint.timeAdded } } });
    expect(rules.updateProblems(changed, old)).toEqual([]);
    const condition = { type: "A", status: "True", reason: "R", message: "", lastTransitionTime: taint.timeAdded };
    const conditions = Array.from({ length: 9 }, (_one, index) => ({ ...condition, type: `A${index}` }));
    const many = rules.object({ spec: { taint }, status: { conditions } });
    expect(rules.updateProblems(many, old, { subresource: "status" })).toEqual([
      "status.conditions: Too many: 9: must have at most 8 items",
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(rules.columns(true)).toEqual(["Name", "Key", "Value", "Effect", "TimeAdded", "Age"]);
    const object = rules.object({ spec: { taint } });
    expect(["Key", "Value", "Effect"].map((name) => rules.cell(name, object))).toEqual(["k", "", "NoSchedule"]);
    expect(rules.cell("TimeAdded", object)).toMatch(/^\d+d|^\d+y/);
  });
});

describe("DeviceClass", () => {
  it("is checked in its selectors and what it tells drivers", () => {
    const long = { opaque: { driver: "d", parameters: { a: "x".repeat(10_240) } } };
    const object = classes.object({ spec: { selectors: [{}], config: [long] } });
    expect(classes.problems(object)).toEqual([
      "spec.selectors[0].cel: Required value",
      "spec.config[0].opaque.parameters: Too long: may not be more than 10240 bytes",
    ]);
    expect(classes.updateProblems(object, object)).toEqual(["spec.selectors[0].cel: Required value"]);
    const right = {
      selectors: [{ cel: { expression: "true" } }],
      config: [{ opaque: { driver: "d", parameters: {} } }],
    };
    expect(classes.problems(classes.object({ spec: right }))).toEqual([]);
    expect(classes.columns(true)).toEqual(["Name", "Age"]);
  });
});
