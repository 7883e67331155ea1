import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { LimitRange } from "./limit-range.js";

const ranges = new Compiled(LimitRange);

function range(...limits: JsonObject[]): KubeObject {
  return ranges.object({ spec: { limits } });
}

function container(fields: JsonObject = {}): KubeObject {
  return range({ type: "Container", ...fields });
}

describe("a limit range", () => {
  it("gives containers the most there is, and lets them ask for as much, or for the least", () => {
    const object = container({ max: { cpu: "2", memory: "1Gi" }, min: { "example.com/gpu": "1", cpu: "1" } });
    expect(object.spec).toEqual({
      limits: [
        {
          type: "Container",
          max: { cpu: "2", memory: "1Gi" },
          min: { "example.com/gpu": "1", cpu: "1" },
          default: { cpu: "2", memory: "1Gi" },
          defaultRequest: { cpu: "2", memory: "1Gi", "example.com/gpu": "1" },
        },
      ],
    });
    const again = structuredClone(object);
    ranges.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it("keeps what is said, and says nothing of pods and of what it does not know", () => {
    const said = { max: { cpu: "2" }, default: { cpu: "1" }, defaultRequest: { cpu: "500m" } };
    expect(container(said).spec).toEqual({ limits: [{ type: "Container", ...said }] });
    expect(container().spec).toEqual({ limits: [{ type: "Container" }] });
    expect(range({ type: "Pod", max: { cpu: "100u" } }).spec).toEqual({
      limits: [{ type: "Pod", max: { cpu: "1m" } }],
    });
  });

  it("gets a name when it has none", () => {
    const object = ranges.object({ spec: { limits: [] } }, { namespace: "demo" });
    ranges.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(object.metadata.name).toMatch(/^[0-9a-f-]{36}$/);
    const named = container();
    ranges.version.hooks.prepareForCreate?.(named, { ...context, operation: "CREATE" });
    expect(named.metadata.name).toBe("a");
  });

  it.each<[JsonObject, string[]]>([
    [{ type: "Pod", max: { cpu: "2" }, min: { cpu: "1" }, maxLimitRequestRatio: { cpu: "2" } }, []],
    [{ type: "PersistentVolumeClaim", min: { storage: "1Gi" } }, []],
    [{ type: "example.com/Thing", max: { "requests.cpu": "1" } }, []],
    [{ type: "" }, expect.arrayContaining(['type: Invalid value: "": name part must be non-empty'])],
    [{ type: "Node" }, ['type: Invalid value: "Node": must be a standard limit type or fully qualified']],
    [
      { type: "Pod", max: { storage: "1" } },
      ['max[storage]: Invalid value: "storage": must be a standard resource for containers'],
    ],
    [
      { type: "Pod", min: { foo: "1" }, maxLimitRequestRatio: { foo: "1" } },
      expect.arrayContaining([
        'min[foo]: Invalid value: "foo": must be a standard resource type or fully qualified',
        'maxLimitRequestRatio[foo]: Invalid value: "foo": must be a standard resource for containers',
      ]),
    ],
    [
      { type: "Pod", default: { cpu: "1" }, defaultRequest: { cpu: "2" } },
      [
        "default: Forbidden: may not be specified when `type` is 'Pod'",
        "defaultRequest: Forbidden: may not be specified when `type` is 'Pod'",
      ],
    ],
    [
      { type: "PersistentVolumeClaim", default: { foo: "1" } },
      [
        'default[foo]: Invalid value: "foo": must be a standard resource type or fully qualified',
        "limits: Required value: either minimum or maximum storage value is required, but neither was provided",
      ],
    ],
    [
      { type: "Pod", min: { cpu: "2" }, max: { cpu: "1" } },
      ['min[cpu]: Invalid value: "2": min value 2 is greater than max value 1'],
    ],
    [
      { type: "Container", min: { cpu: "2" }, max: { cpu: "3" }, default: { cpu: "1" }, defaultRequest: { cpu: "4" } },
      [
        'defaultRequest[cpu]: Invalid value: "4": default request value 4 is greater than max value 3',
        'defaultRequest[cpu]: Invalid value: "4": default request value 4 is greater than default limit value 1',
        'default[cpu]: Invalid value: "2": min value 2 is greater than default value 1',
      ],
    ],
    [
      { type: "Container", min: { cpu: "2" }, max: { cpu: "3" }, default: { cpu: "4" }, defaultRequest: { cpu: "1" } },
      [
        'defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1',
        'default[cpu]: Invalid value: "3": default value 4 is greater than max value 3',
      ],
    ],
    [
      { type: "Pod", maxLimitRequestRatio: { cpu: "500m" } },
      ['maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1'],
    ],
    [
      { type: "Pod", min: { cpu: "300m" }, max: { cpu: "1" }, maxLimitRequestRatio: { cpu: "3500m" } },
      ['maxLimitRequestRatio[cpu]: Invalid value: "3500m": ratio 3500m is greater than max/min = 3.333333'],
    ],
    [{ type: "Pod", min: { cpu: "0" }, max: { cpu: "1" }, maxLimitRequestRatio: { cpu: "3" } }, []],
    [
      { type: "Pod", min: { memory: "8Pi" }, max: { memory: "16Pi" }, maxLimitRequestRatio: { memory: "2500m" } },
      ['maxLimitRequestRatio[memory]: Invalid value: "2500m": ratio 2500m is greater than max/min = 2.000000'],
    ],
    [
      { type: "Container", default: { "example.com/gpu": "2" }, defaultRequest: { "example.com/gpu": "1" } },
      [
        'defaultRequest[example.com/gpu]: Invalid value: "1": default value 2 must equal to defaultRequest value 1 in example.com/gpu',
      ],
    ],
  ])("%j", (item, expected) => {
    const found = ranges.problems(range(item)).map((text) => text.replace(/^spec\.limits\[0\]\./, ""));
    expect(found).toEqual(expected);
  });

  it("says one thing of each type", () => {
    expect(ranges.problems(range({ type: "Pod" }, { type: "Container" }, { type: "Pod" }))).toEqual([
      'spec.limits[2].type: Duplicate value: "Pod"',
    ]);
  });

  it("is printed with when it was created, since upstream has no columns for it", () => {
    expect(ranges.columns(true)).toEqual(["Name", "Created At"]);
    expect(ranges.descriptor.createOnUpdate).toBe(true);
  });
});
