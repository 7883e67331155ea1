import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { CSIStorageCapacity } from "./csi-storage-capacity.js";

const capacities = new Compiled(CSIStorageCapacity);

function capacity(fields: JsonObject = {}): KubeObject {
  return capacities.object({ storageClassName: "fast", capacity: "100Gi", ...fields });
}

describe("a storage capacity", () => {
  it.each<[JsonObject, string[]]>([
    [{ nodeTopology: { matchLabels: { zone: "a" } }, maximumVolumeSize: "-1" }, []],
    [{ capacity: "0" }, []],
    [{ storageClassName: "" }, [expect.stringMatching(/^storageClassName: Invalid value: "": a lowercase RFC 1123/)]],
    [{ capacity: "-1" }, ['capacity: Invalid value: "-1": must be greater than or equal to 0']],
    [
      { nodeTopology: { matchExpressions: [{ key: "zone", operator: "In", values: [] }] } },
      ["nodeTopology.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"],
    ],
    [
      { nodeTopology: { matchExpressions: [{ key: "zone", operator: "In", values: ["-"] }] } },
      [expect.stringMatching(/^nodeTopology\.matchExpressions\[0\]\.values\[0\]: Invalid value: "-"/)],
    ],
  ])("%j", (fields, expected) => {
    expect(capacities.problems(capacity(fields))).toEqual(expected);
  });

  it("keeps what it is about, and changes in how much there is", () => {
    const old = capacity();
    expect(capacities.updateProblems(capacity({ capacity: "1Gi", maximumVolumeSize: "1Mi" }), old)).toEqual([]);
    const other = capacity({ capacity: "-1", storageClassName: "slow", nodeTopology: {} });
    expect(capacities.problems(other, { operation: "UPDATE" })).toEqual([]);
    expect(capacities.updateProblems(other, old)).toEqual([
      'capacity: Invalid value: "-1": must be greater than or equal to 0',
      "nodeTopology: Invalid value: {}: field is immutable",
      'storageClassName: Invalid value: "slow": field is immutable',
    ]);
    const flawed = { matchExpressions: [{ key: "zone", operator: "In", values: ["-"] }] };
    expect(capacities.updateProblems(capacity({ nodeTopology: flawed }), capacity({ nodeTopology: flawed }))).toEqual(
      [],
    );
  });

  it("warns of labels of nodes that are out of use", () => {
    const warnings: string[] = [];
    const warn = (text: string) => warnings.push(text);
    const [os, arch] = ["beta.kubernetes.io/os", "beta.kubernetes.io/arch"];
    const object = capacity({
      nodeTopology: { matchLabels: { [os]: "linux" }, matchExpressions: [{ key: arch, operator: "Exists" }] },
    });
    const expected = [
      `nodeTopology.matchExpressions[0].key: ${arch} is deprecated since v1.14; use "kubernetes.io/arch" instead`,
      `nodeTopology.matchLabels.${os}: deprecated since v1.14; use "kubernetes.io/os" instead`,
    ];
    capacities.problems(object, { warn });
    expect(warnings).toEqual(expected);
    capacities.updateProblems(object, object, { warn });
    expect(warnings).toEqual([...expected, ...expected]);
  });

  it("is printed with when it was created, since upstream has no columns for it", () => {
    expect(capacities.columns(true)).toEqual(["Name", "Created At"]);
    expect(capacities.descriptor.unconditionalUpdate).toBe(false);
  });
});
