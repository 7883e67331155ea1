import { StatusError } from "@quarterdeck/meta";
import { beforeEach, describe, expect, it } from "vitest";
import type { GraphNode } from "../graph/graph-node.js";
import { LiveObjects } from "../live/live-objects.js";
import { identity, referenceTo, Scene } from "../scene.fixture.js";
import { releaseDependents } from "./release-dependents.js";

const pod = (name: string) => identity("v1", "Pod", "ns1", name, name);
const other = referenceTo(pod("other"));

let scene: Scene;
let live: LiveObjects;

beforeEach(() => {
  scene = new Scene();
  live = new LiveObjects(scene.cluster);
  scene.add(pod("a"), [], { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["example.com/x", "orphan"] });
  scene.add(pod("b"), [pod("a")]);
  scene.add(pod("c"), [], { ownerReferences: [referenceTo(pod("a")), other] });
  scene.add(pod("d"), [pod("a")]);
});

function owner(): GraphNode {
  const found = scene.graph.get("a");
  if (found === undefined) throw new Error("the owner is not in the graph");
  return found;
}

const ownersOf = (name: string) => scene.cluster.find(pod(name))?.ownerReferences;
const finalizers = () => scene.cluster.find(pod("a"))?.finalizers;

describe("releaseDependents", () => {
  it("takes the references away, then the finalizer", async () => {
    scene.cluster.remove(pod("d"));
    await releaseDependents(live, owner(), 2);
    expect([ownersOf("b"), ownersOf("c"), finalizers()]).toEqual([[], [other], ["example.com/x"]]);
    expect(scene.cluster.taken().at(-1)).toBe('patch pods ns1/a {"finalizers":["example.com/x"]}');
  });

  it("leaves the finalizer when a dependent could not be released, but releases the others", async () => {
    scene.cluster.onWrite = (action) => {
      if (action.includes("ns1/b")) throw StatusError.of(503, "ServiceUnavailable", "not now");
    };
    await expect(releaseDependents(live, owner(), 1)).rejects.toThrow(
      "1 of 3 dependents could not be released: not now",
    );
    expect([ownersOf("b")?.length, ownersOf("d"), finalizers()]).toEqual([1, [], ["example.com/x", "orphan"]]);
    scene.cluster.onWrite = () => {};
    await releaseDependents(live, owner(), 20);
    expect([ownersOf("b"), finalizers()]).toEqual([[], ["example.com/x"]]);
  });
});
