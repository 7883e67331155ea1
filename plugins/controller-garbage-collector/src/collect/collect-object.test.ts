import type { ObjectMeta } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { beforeEach, describe, expect, it } from "vitest";
import { identity, referenceTo, Scene } from "../scene.fixture.js";

const pod = (name: string) => identity("v1", "Pod", "ns1", name, name);
const node = identity("v1", "Node", "", "n", "n");
const BLOCKING = { blockOwnerDeletion: true };
const deletionTimestamp = "2026-01-01T00:00:00Z";
const WAITS = { deletionTimestamp, finalizers: ["foregroundDeletion"] };

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

/** Looks at one pod, whatever else is to be looked at. */
async function look(name: string): Promise<readonly string[]> {
  scene.suspects.clear();
  scene.suspects.add(name);
  return scene.turn();
}

/** An object that has these owners, with what is said of the references. */
function dependent(name: string, owners: readonly string[], more: ObjectMeta = {}, blocking = false): void {
  const ownerReferences = owners.map((owner) => referenceTo(pod(owner), blocking ? BLOCKING : {}));
  scene.add(pod(name), [], { ownerReferences, ...more });
}

/** What a merge patch makes of the owners. */
const ownersPatch = (...names: string[]) =>
  `patch pods ns1/x ${JSON.stringify({ ownerReferences: names.map((one) => referenceTo(pod(one))) })}`;

describe("an object that is looked at", () => {
  // Of "x": what its owners are, its own metadata, and what is done; reads of the store are left out.
  it.each<[string, { readonly [owner: string]: ObjectMeta | undefined }, ObjectMeta, string[]]>([
    ["stays while its owner is there", { a: {} }, {}, []],
    ["stays while its owner ends in the background", { a: { deletionTimestamp } }, {}, []],
    ["goes with its owner", { a: undefined }, {}, ["delete pods ns1/x Background at 1"]],
    ["goes with the last of them", { a: undefined, b: undefined }, {}, ["delete pods ns1/x Background at 1"]],
    ["goes with an owner that has a successor", { a: { uid: "other" } }, {}, ["delete pods ns1/x Background at 2"]],
    ["goes in the background for one that waits", { a: WAITS }, {}, ["delete pods ns1/x Background at 2"]],
    ["goes by its orphan", { a: undefined }, { finalizers: ["orphan"] }, ["delete pods ns1/x Orphan at 1"]],
    [
      "goes by its orphan for one that waits",
      { a: WAITS },
      { finalizers: ["orphan"] },
      ["delete pods ns1/x Orphan at 2"],
    ],
    [
      "goes by its foregroundDeletion",
      { a: undefined },
      { finalizers: ["foregroundDeletion"] },
      ["delete pods ns1/x Foreground at 1"],
    ],
    ["loses what is gone", { a: {}, b: undefined }, {}, [ownersPatch("a")]],
    ["loses what waits", { a: WAITS, b: {} }, {}, [ownersPatch("b")]],
    ["loses both", { a: WAITS, b: {}, c: undefined }, {}, [ownersPatch("b")]],
    ["is left alone once it is being deleted", { a: undefined }, { deletionTimestamp }, []],
  ])("%s", async (_what, owners, metadata, expected) => {
    for (const [owner, is] of Object.entries(owners)) if (is !== undefined) scene.cluster.put(pod(owner), is);
    dependent("x", Object.keys(owners), metadata);
    const [outcome, ...actions] = await look("x");
    expect(outcome).toBe("done");
    expect(actions.filter((one) => !one.startsWith("get"))).toEqual(expected);
  });

  it("stays when it has no owners any more", async () => {
    dependent("x", ["a"]);
    scene.cluster.put(pod("x"));
    expect(await look("x")).toEqual(["done", "get pods ns1/x"]);
  });

  it("is forgotten when the store has none of its name, or another one", async () => {
    scene.observe(pod("x"), [pod("a")]);
    expect([await look("x"), scene.nodes]).toEqual([["done", "get pods ns1/x"], []]);
    scene.observe(pod("x"), [pod("a")]);
    scene.cluster.put(pod("x"), { uid: "other" });
    expect([await look("x"), scene.nodes]).toEqual([["done", "get pods ns1/x"], []]);
  });

  it.each<[string, ObjectMeta | undefined]>([
    ["its owner is gone", undefined],
    ["its owner waits", WAITS],
  ])("is forgotten when it goes while %s and it is deleted", async (_why, owner) => {
    if (owner !== undefined) scene.cluster.put(pod("a"), owner);
    dependent("x", ["a"]);
    scene.cluster.onWrite = () => scene.cluster.remove(pod("x"));
    expect((await look("x"))[0]).toBe("done");
    expect(scene.nodes).toEqual([]);
  });

  it("is looked at again when the store fails, or nobody knows of its owner's kind", async () => {
    dependent("x", ["a"]);
    scene.cluster.onWrite = () => {
      throw StatusError.of(503, "ServiceUnavailable", "not now");
    };
    expect((await look("x"))[0]).toBe("StatusError");
    scene.add(pod("x"), [identity("example.com/v1", "Thing", "ns1", "t", "t")]);
    expect(await look("x")).toEqual(["UnknownKindError", "get pods ns1/x"]);
  });

  it("has each absent owner looked for once", async () => {
    for (const name of ["x", "y"]) dependent(name, ["a"]);
    expect(await look("x")).toEqual(["done", "get pods ns1/x", "get pods ns1/a", "delete pods ns1/x Background at 1"]);
    expect(await look("y")).toEqual(["done", "get pods ns1/y", "delete pods ns1/y Background at 2"]);
  });

  it("finds an owner of the cluster from any namespace", async () => {
    scene.cluster.put(node);
    scene.add(pod("x"), [node]);
    expect(await look("x")).toEqual(["done", "get pods ns1/x", "get nodes n"]);
    scene.cluster.remove(node);
    expect(await look("x")).toEqual(["done", "get pods ns1/x", "get nodes n", "delete pods ns1/x Background at 2"]);
  });
});

describe("an object that waits for its dependents", () => {
  it("goes when none of them blocks it", async () => {
    scene.add(pod("a"), [], { ...WAITS, finalizers: ["example.com/mine", "foregroundDeletion"] });
    dependent("b", ["a"]);
    const patch = 'patch pods ns1/a {"finalizers":["example.com/mine"]}';
    expect(await look("a")).toEqual(["done", "get pods ns1/a", "get pods ns1/a", patch]);
    expect(await look("a")).toEqual(["done", "get pods ns1/a", "get pods ns1/a"]);
  });

  it("waits for those that block it, and has those looked at that do not wait themselves", async () => {
    scene.add(pod("a"), [], WAITS);
    dependent("b", ["a"], {}, true);
    dependent("c", ["a"], WAITS, true);
    dependent("d", ["a"]);
    expect(await look("a")).toEqual(["done", "get pods ns1/a"]);
    expect([...scene.suspects]).toEqual(["b"]);
  });

  it("has dependents deleted in the foreground that have some themselves", async () => {
    scene.add(pod("a"), [], WAITS);
    dependent("b", ["a"], {}, true);
    dependent("c", ["b"], {}, true);
    expect(await look("b")).toEqual(["done", "get pods ns1/b", "get pods ns1/a", "delete pods ns1/b Foreground at 2"]);
  });

  it("is not waited for in a circle", async () => {
    scene.add(pod("a"), [], { ...WAITS, ownerReferences: [referenceTo(pod("b"), BLOCKING)] });
    const owners = [referenceTo(pod("a"), BLOCKING)];
    scene.add(pod("b"), [], { ownerReferences: owners });
    const patch = `patch pods ns1/b ${JSON.stringify({ ownerReferences: [{ ...owners[0], blockOwnerDeletion: false }] })}`;
    const reads = ["get pods ns1/b", "get pods ns1/a", "get pods ns1/b"];
    expect(await look("b")).toEqual(["done", ...reads, patch]);
    expect([...scene.suspects]).toEqual(["b"]);
    expect(await look("b")).toEqual(["done", ...reads, "delete pods ns1/b Foreground at 3"]);
  });

  it("reads again what others have written, but not for ever", async () => {
    scene.add(pod("a"), [], WAITS);
    let writes = 0;
    scene.cluster.onWrite = () => {
      if (++writes < 3) scene.cluster.put(pod("a"), { ...WAITS, labels: { written: `${writes}` } });
    };
    expect((await look("a")).filter((one) => one.startsWith("patch")).length).toBe(3);
    expect(scene.cluster.find(pod("a"))).toMatchObject({ finalizers: [], labels: { written: "2" } });
    scene.cluster.onWrite = () => scene.cluster.put(pod("a"), WAITS);
    scene.cluster.put(pod("a"), WAITS);
    const [outcome, ...actions] = await look("a");
    expect([outcome, actions.filter((one) => one.startsWith("patch")).length]).toEqual(["StatusError", 5]);
  });
});
