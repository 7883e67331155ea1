import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { CSINode } from "./csi-node.js";

const nodes = new Compiled(CSINode);
const driver = { name: "csi.example.com", nodeID: "worker-1", topologyKeys: ["example.com/zone"] };

function node(...drivers: JsonObject[]): KubeObject {
  return nodes.object({ spec: { drivers } }, { name: "worker-1" });
}

describe("the drivers of a node", () => {
  it.each<[string, JsonObject, string[]]>([
    ["what it is asked for", { ...driver, allocatable: { count: 0 } }, []],
    ["capitals in its name", { ...driver, name: "CSI.example.com" }, []],
    ["no name", { ...driver, name: "" }, ["name: Required value"]],
    ["a long name", { ...driver, name: "a".repeat(64) }, ["name: Too long: may not be more than 63 bytes"]],
    ["no name for the node", { ...driver, nodeID: "" }, ["nodeID: Required value"]],
    [
      "a long name for the node",
      { ...driver, nodeID: "n".repeat(257) },
      [expect.stringMatching(/nodeID: Invalid value: "n+": must be 256 characters or less$/)],
    ],
    [
      "less than no room",
      { ...driver, allocatable: { count: -1 } },
      ["allocatable.count: Invalid value: -1: must be greater than or equal to 0"],
    ],
  ])("one with %s", (_, one, expected) => {
    const found = nodes.problems(node(one));
    expect(found).toEqual(expected.map((text) => (typeof text === "string" ? `spec.drivers[0].${text}` : text)));
  });

  it("are each there once, as are the keys of their topologies", () => {
    const twice = { ...driver, topologyKeys: ["a", "a", ""] };
    expect(nodes.problems(node(driver, twice))).toEqual([
      'spec.drivers[1].name: Duplicate value: "csi.example.com"',
      'spec.drivers[1]: Duplicate value: "a"',
      "spec.drivers[1]: Required value",
      'spec.drivers[1]: Invalid value: "": name part must be non-empty',
      expect.stringMatching(/^spec\.drivers\[1\]: Invalid value: "": name part must consist of/),
    ]);
  });

  it("come and go, but change only in how much room they have", () => {
    const old = node(driver);
    const other = { ...driver, name: "other.example.com" };
    expect(nodes.updateProblems(node({ ...driver, allocatable: { count: 5 } }, other), old)).toEqual([]);
    expect(nodes.updateProblems(node(other), old)).toEqual([]);
    const moved = { ...driver, nodeID: "worker-2" };
    const text = `spec.drivers: Invalid value: {"name":"csi.example.com","nodeID":"worker-2","topologyKeys":["example.com/zone"]}: field is immutable`;
    expect(nodes.updateProblems(node(moved), old)).toEqual([text]);
    expect(nodes.updateProblems(node(moved), old, { subresource: "status" })).toEqual([]);
  });

  it("are counted", () => {
    expect(nodes.columns(true)).toEqual(["Name", "Drivers", "Age"]);
    expect(nodes.cell("Drivers", node(driver, driver))).toBe(2);
    expect(nodes.cell("Drivers", nodes.object({}))).toBe(0);
    expect(nodes.descriptor).toMatchObject({ unconditionalUpdate: false, returnDeletedObject: true });
  });
});
