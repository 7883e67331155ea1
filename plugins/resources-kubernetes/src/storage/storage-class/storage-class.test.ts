import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { StorageClass } from "./storage-class.js";

const classes = new Compiled(StorageClass);
const zones = { key: "topology.kubernetes.io/zone", values: ["a", "b"] };
const zonesAgain = { ...zones, values: ["b", "a"] };

function storageClass(fields: JsonObject = {}, annotations: { [key: string]: string } = {}): KubeObject {
  return classes.object({ provisioner: "csi.example.com", ...fields }, { name: "fast", annotations });
}

function topologies(...terms: JsonObject[][]): JsonObject {
  return { allowedTopologies: terms.map((matchLabelExpressions) => ({ matchLabelExpressions })) };
}

describe("a storage class", () => {
  it("makes volumes at once and deletes them with their claims", () => {
    const object = storageClass();
    expect(object).toMatchObject({ reclaimPolicy: "Delete", volumeBindingMode: "Immediate" });
    const again = structuredClone(object);
    classes.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it.each<[JsonObject, string[]]>([
    [{ provisioner: "Example.com/NFS", reclaimPolicy: "Retain", volumeBindingMode: "WaitForFirstConsumer" }, []],
    [
      {
        parameters: { type: "ssd" },
        mountOptions: ["any thing"],
        ...topologies([zones], [{ ...zones, values: ["a"] }]),
      },
      [],
    ],
    [{ provisioner: "" }, ["provisioner: Required value"]],
    [{ provisioner: "A/" }, expect.arrayContaining(['provisioner: Invalid value: "a/": name part must be non-empty'])],
    [{ parameters: { "": "x" } }, ['parameters: Invalid value: "": field can not be empty.']],
    [
      { provisioner: "", reclaimPolicy: "Recycle", volumeBindingMode: "" },
      [
        'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
        'volumeBindingMode: Unsupported value: "": supported values: "Immediate", "WaitForFirstConsumer"',
        "provisioner: Required value",
      ],
    ],
    [{ reclaimPolicy: "" }, []],
    [topologies([zones], [zonesAgain]), ['allowedTopologies[1].matchLabelExpressions: Duplicate value: ""']],
    [
      topologies([], []),
      [0, 1].map((index) => `allowedTopologies[${index}].matchLabelExpressions: Duplicate value: ""`),
    ],
    [topologies([]), ['allowedTopologies[0].matchLabelExpressions: Duplicate value: ""']],
    [
      topologies([zones, { key: zones.key, values: ["a", "a"] }, { key: "", values: [] }]),
      [
        'allowedTopologies[0].matchLabelExpressions[1].values[1]: Duplicate value: "a"',
        `allowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: "${zones.key}"`,
        "allowedTopologies[0].matchLabelExpressions[2].values: Required value",
        'allowedTopologies[0].matchLabelExpressions[2].key: Invalid value: "": name part must be non-empty',
        expect.stringMatching(/^allowedTopologies\[0\]\.matchLabelExpressions\[2\]\.key: Invalid value: "": name part/),
      ],
    ],
  ])("%j", (fields, expected) => {
    expect(classes.problems(storageClass(fields))).toEqual(expected);
  });

  it("keeps how its volumes are made, and changes in where they may be", () => {
    const old = storageClass({ parameters: { type: "ssd" } });
    const allowed = {
      parameters: { type: "ssd" },
      allowVolumeExpansion: true,
      mountOptions: ["ro"],
      ...topologies([zones]),
    };
    expect(classes.updateProblems(storageClass(allowed), old)).toEqual([]);
    const other = { provisioner: "", reclaimPolicy: "Retain", volumeBindingMode: "WaitForFirstConsumer" };
    expect(classes.updateProblems(storageClass(other), old)).toEqual([
      "provisioner: Invalid value: null: field is immutable",
      "parameters: Invalid value: null: field is immutable",
      "reclaimPolicy: Invalid value: null: field is immutable",
      "volumeBindingMode: Invalid value: null: field is immutable",
    ]);
  });

  it("warns of labels of nodes that are out of use", () => {
    const warnings: string[] = [];
    const warn = (text: string) => warnings.push(text);
    const object = storageClass(topologies([zones, { key: "failure-domain.beta.kubernetes.io/zone", values: ["a"] }]));
    const text =
      'allowedTopologies[0].matchLabelExpressions[1].key: deprecated since v1.17; use "topology.kubernetes.io/zone" instead';
    classes.problems(object, { warn });
    classes.updateProblems(object, object, { warn });
    expect(warnings).toEqual([text, text]);
  });

  it("is printed as upstream prints it", () => {
    const names = ["Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion"];
    expect(classes.columns(true)).toEqual([...names, "Age"]);
    const cells = (object: KubeObject) => names.map((name) => classes.cell(name, object));
    expect(cells(storageClass())).toEqual(["fast", "csi.example.com", "Delete", "Immediate", false]);
    const first = storageClass(
      { allowVolumeExpansion: true },
      { "storageclass.kubernetes.io/is-default-class": "true" },
    );
    expect(cells(first)).toEqual(["fast (default)", "csi.example.com", "Delete", "Immediate", true]);
    const beta = storageClass({}, { "storageclass.beta.kubernetes.io/is-default-class": "true" });
    expect(classes.cell("Name", beta)).toBe("fast (default)");
    const none = storageClass({}, { "storageclass.kubernetes.io/is-default-class": "yes" });
    expect(classes.cell("Name", none)).toBe("fast");
  });
});
