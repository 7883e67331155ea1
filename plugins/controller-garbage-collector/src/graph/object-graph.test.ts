import { beforeEach, describe, expect, it } from "vitest";
import { identity, nodes, referenceTo, Scene } from "../scene.fixture.js";

const pod = (name: string) => identity("v1", "Pod", "ns1", name, name);
const secret = (name: string) => identity("v1", "Secret", "ns1", name, name);
const BLOCKING = { blockOwnerDeletion: true };
const deleted = (finalizer: string) => ({ deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: [finalizer] });

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

/** The uids of what came to be looked at since the last call. */
function suspects(): string[] {
  const found = [...scene.suspects];
  scene.suspects.clear();
  return found;
}

describe("the graph", () => {
  it("suspects an owner that nobody has told of, once", () => {
    scene.observe(pod("b"), [pod("a")]);
    scene.observe(pod("c"), [pod("a")]);
    expect([suspects(), scene.nodes]).toEqual([["a"], nodes([pod("a")], pod("b"), pod("c"))]);
    scene.observe(pod("a"));
    expect([suspects(), scene.nodes]).toEqual([[], nodes(pod("a"), pod("b"), pod("c"))]);
  });

  it("suspects the dependents of an owner that goes, and remembers that it is absent", () => {
    for (const name of ["a", "x"]) scene.observe(pod(name));
    expect(scene.nodes).toEqual([]);
    scene.observe(pod("b"), [pod("a")]);
    scene.observe(pod("c"), [pod("b"), pod("a")]);
    scene.forget(pod("a"));
    scene.forget(pod("x"));
    expect(suspects()).toEqual(["b", "c"]);
    expect([pod("a"), pod("x")].map((one) => scene.absentOwners.get(one) !== undefined)).toEqual([true, false]);
  });

  it("suspects an owner in deletion and what it waits for when that begins, and the owner when a dependent goes", () => {
    scene.observe(pod("a"));
    scene.observe(pod("b"), [pod("a")]);
    scene.observe(pod("c"), [pod("a")]);
    for (let told = 0; told < 2; told++) scene.observe(pod("a"), [], deleted("foregroundDeletion"));
    expect(suspects()).toEqual(["b", "c", "a"]);
    scene.forget(pod("b"));
    expect(suspects()).toEqual(["a"]);
  });

  it("suspects an owner in deletion of which it is told late", () => {
    scene.observe(pod("b"), [pod("a")]);
    suspects();
    scene.observe(pod("a"), [], deleted("foregroundDeletion"));
    expect(suspects()).toEqual(["b", "a"]);
  });

  it("suspects owners that an object blocks no more", () => {
    for (const name of ["a", "b"]) scene.observe(pod(name));
    const references = ["a", "b"].map((name) => referenceTo(pod(name), BLOCKING));
    scene.observe(pod("c"), [], { ownerReferences: references });
    scene.observe(pod("c"), [], { ownerReferences: [referenceTo(pod("a"))] });
    expect(suspects()).toEqual(["a", "b"]);
    expect(scene.nodes).toEqual(nodes(pod("a"), pod("c")));
  });

  it("tells once of an owner that is to leave its dependents behind", () => {
    scene.observe(pod("a"));
    for (let told = 0; told < 2; told++) scene.observe(pod("a"), [], deleted("orphan"));
    expect([scene.orphaning, suspects()]).toEqual([["a"], []]);
  });

  it("looks for owners of a kind of which nobody tells any more, and forgets the others", () => {
    scene.observe(pod("w"), [], deleted("foregroundDeletion"));
    scene.observe(secret("owner"), [pod("w")]);
    scene.observe(secret("other"), [pod("w")]);
    scene.observe(pod("x"), [secret("owner")]);
    suspects();
    scene.graph.lose("v1", "Secret");
    expect([suspects(), scene.nodes]).toEqual([["w", "owner"], nodes(pod("w"), [secret("owner")], pod("x"))]);
    expect(scene.graph.get("w")?.dependents.size).toBe(0);
    scene.observe(secret("owner"));
    scene.forget(secret("owner"));
    expect(suspects()).toEqual(["x"]);
  });

  it("forgets what nobody has told of only when all that name it mean the one that is absent", () => {
    scene.observe(pod("b"), [pod("a")]);
    scene.observe(pod("c"), [{ ...pod("a"), kind: "Secret" }]);
    suspects();
    expect(scene.graph.absent({ ...pod("a"), kind: "Secret" })).toBe(false);
    expect([suspects(), scene.nodes]).toEqual([["c"], nodes([pod("a")], pod("b"), pod("c"))]);
    scene.forget(pod("c"));
    expect(scene.graph.absent(pod("a"))).toBe(false);
    expect([suspects(), scene.nodes]).toEqual([["b"], nodes(pod("b"))]);
  });
});
