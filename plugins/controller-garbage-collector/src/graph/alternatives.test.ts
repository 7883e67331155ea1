import { describe, expect, it } from "vitest";
import { identity, referenceTo } from "../scene.fixture.js";
import { agreementOn, alternativeOf } from "./alternatives.js";
import { GraphNode } from "./graph-node.js";
import type { ObjectIdentity } from "./object-identity.js";

type Dependent = readonly [namespace: string, ...owners: ObjectIdentity[]];

const dependents = (...all: readonly Dependent[]): GraphNode[] =>
  all.map(([namespace, ...owners], at) => {
    const node = new GraphNode(identity("v1", "Child", namespace, `child${at}`, `uid${at}`));
    node.owners = owners.map((one) => referenceTo(one));
    return node;
  });

const parent = identity("v1", "NSParent", "ns1", "parentname", "parentuid");
const elsewhere = { ...parent, namespace: "ns2" };
const otherVersion = { ...parent, apiVersion: "xx" };
const otherKind = { ...parent, kind: "xxxxxxxx" };
const otherName = { ...parent, name: "xxxxxxxxxx" };
const cluster = identity("v1", "ClusterParent", "", "parentname", "parentuid");
const clusterKind = { ...cluster, kind: "xxxxxxxxxxxxx" };
const clusterVersion = { ...cluster, apiVersion: "xx" };
const clusterName = { ...cluster, name: "xxxxxxxxxx" };
const ordered = ["v1", "v2", "v3", "v4", "v5"].map((version) => identity(version, "kind", "ns1", "name", "uid"));
const orderedInCluster = ordered.map((one) => ({ ...one, namespace: "" }));
const [first, , , fourth, fifth] = ordered;
const [firstInCluster, , , fourthInCluster, fifthInCluster] = orderedInCluster;

describe("alternativeOf", () => {
  // The cases of upstream's getAlternateOwnerIdentity.
  it.each<[string, Dependent[], ObjectIdentity | undefined, ObjectIdentity | undefined]>([
    [
      "another version",
      [
        ["ns1", parent],
        ["ns1", otherVersion],
      ],
      parent,
      otherVersion,
    ],
    [
      "another kind",
      [
        ["ns1", parent],
        ["ns1", otherKind],
      ],
      parent,
      otherKind,
    ],
    [
      "another namespace",
      [
        ["ns1", parent],
        ["ns2", elsewhere],
      ],
      parent,
      elsewhere,
    ],
    [
      "another name",
      [
        ["ns1", parent],
        ["ns1", otherName],
      ],
      parent,
      otherName,
    ],
    [
      "a version whose scope is not known",
      [
        ["ns1", cluster],
        ["ns1", clusterVersion],
      ],
      cluster,
      { ...clusterVersion, namespace: "ns1" },
    ],
    [
      "a kind whose scope is not known",
      [
        ["ns1", cluster],
        ["ns1", clusterKind],
      ],
      cluster,
      { ...clusterKind, namespace: "ns1" },
    ],
    [
      "nothing in another namespace of what has none",
      [
        ["ns1", cluster],
        ["ns2", cluster],
      ],
      cluster,
      undefined,
    ],
    [
      "another name in the cluster",
      [
        ["ns1", cluster],
        ["ns1", clusterName],
      ],
      cluster,
      clusterName,
    ],
    ["the first after the last", [["ns1", ...ordered]], fifth, first],
    ["the next one", [["ns1", ...ordered]], fourth, fifth],
    ["the first after the last in the cluster", [["", ...orderedInCluster]], fifthInCluster, firstInCluster],
    ["the next one in the cluster", [["", ...orderedInCluster]], fourthInCluster, fifthInCluster],
    ["nothing of another uid", [["ns1", cluster, { ...parent, uid: "other" }]], cluster, undefined],
    ["nothing that is the same", [["ns1", cluster, cluster]], cluster, undefined],
    ["one of two that are the same", [["", cluster, clusterKind, clusterKind]], cluster, clusterKind],
  ])("is %s", (_what, all, absent, expected) => {
    expect(alternativeOf(absent ?? parent, dependents(...all))).toEqual(expected);
  });
});

describe("agreementOn", () => {
  it("tells those apart that mean an owner, and those that mean another", () => {
    const all = dependents(["ns1", parent], ["ns1", otherName], ["ns2", parent], ["ns1", parent, otherKind]);
    const { agreeing, disagreeing } = agreementOn(parent, all);
    expect(agreeing.map(({ identity: { name } }) => name)).toEqual(["child0", "child3"]);
    expect(disagreeing.map(({ identity: { name } }) => name)).toEqual(["child1", "child2", "child3"]);
    expect(agreementOn(cluster, dependents(["ns1", cluster], ["", cluster])).disagreeing).toEqual([]);
  });
});
