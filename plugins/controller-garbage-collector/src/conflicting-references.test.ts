import { beforeEach, describe, expect, it } from "vitest";
import { identity, nodes, referenceTo, Scene } from "./scene.fixture.js";

// The situations, and what comes of them, are those of upstream's TestConflictingData. What has neither owners nor dependents
// is no node here, and whoever names an owner in another namespace is told when that is looked for.

const RBAC = "rbac.authorization.k8s.io";
const pod1 = identity("v1", "Pod", "ns1", "a", "uid-a");
const pod1Nowhere = identity("v1", "Pod", "", "a", "uid-a");
const pod2 = identity("v1", "Pod", "ns1", "b", "uid-b");
const pod2Elsewhere = identity("v1", "Pod", "ns2", "b", "uid-b");
const node = identity("v1", "Node", "", "n", "uid-n");
const nodeInNamespace = identity("v1", "Node", "ns1", "n", "uid-n");
const role = identity(`${RBAC}/v1`, "Role", "ns1", "r", "uid-r");
const roleBeta = identity(`${RBAC}/v1beta1`, "Role", "ns1", "r", "uid-r");
const deployment = identity("apps/v1", "Deployment", "ns1", "d", "uid-d");
const unserved = identity("extensions/v1beta1", "Deployment", "ns1", "d", "uid-d");
const wrongSecret = identity("v1", "Secret", "ns1", "s", "uid-d");
const bad = identity("v1", "Pod", "ns1", "bad", "uid-bad");
const good = identity("v1", "Pod", "ns1", "good", "uid-good");

let scene: Scene;
const absent = (...identities: (typeof pod1)[]) => identities.map((one) => scene.absentOwners.get(one) !== undefined);

beforeEach(() => {
  scene = new Scene();
});

/** What is there once nothing is to be looked at any more, and what was asked of the cluster until then. */
async function settle(): Promise<string[]> {
  const actions: string[] = [];
  while (scene.suspects.size > 0) {
    const [outcome, ...asked] = await scene.turn();
    expect(outcome).toBe("done");
    actions.push(...asked);
  }
  return actions;
}

describe("an owner without a namespace", () => {
  it("is asked for until an observer tells of it, and then has none in the graph, too", async () => {
    scene.cluster.put(node);
    scene.add(pod1, [node]);
    expect(scene.nodes).toEqual(nodes(pod1, [nodeInNamespace]));
    expect(await scene.turn()).toEqual(["again", "get nodes n"]);
    scene.observe(node);
    expect(scene.nodes).toEqual(nodes(pod1, node));
    expect(await settle()).toEqual(["get nodes n"]);
  });
});

describe("a dependent that names an owner in another namespace", () => {
  it("is deleted when the owner becomes known", async () => {
    scene.add(pod1, [pod2Elsewhere]);
    expect([scene.nodes, [...scene.suspects]]).toEqual([nodes(pod1, [pod2]), ["uid-b"]]);
    scene.add(pod2Elsewhere);
    expect(scene.nodes).toEqual(nodes(pod1, pod2Elsewhere));
    const asked = ["get pods ns2/b", "get pods ns1/a", "get pods ns1/b", "delete pods ns1/a Background at 1"];
    expect([await settle(), scene.invalid]).toEqual([asked, ["a of b"]]);
    expect(absent(pod2, pod2Elsewhere)).toEqual([true, false]);
    scene.forget(pod1);
    expect([scene.nodes, scene.suspects.size]).toEqual([[], 0]);
  });

  it("is deleted when it comes after the owner", async () => {
    scene.add(pod2Elsewhere);
    scene.add(pod1, [pod2]);
    expect(scene.nodes).toEqual(nodes(pod1, [pod2]));
    const asked = ["get pods ns1/b", "get pods ns1/a", "delete pods ns1/a Background at 2"];
    expect([await settle(), scene.invalid]).toEqual([asked, ["a of b"]]);
    expect(absent(pod2, pod2Elsewhere)).toEqual([true, false]);
  });
});

describe("a dependent without a namespace that names an owner in one", () => {
  it("stays, whoever comes first, and is not looked at again and again", async () => {
    scene.add(node, [pod1]);
    expect(scene.nodes).toEqual(nodes(node, [pod1Nowhere]));
    expect(await settle()).toEqual(["get nodes n"]);
    scene.add(pod1);
    expect([scene.nodes, scene.invalid]).toEqual([nodes(node, pod1), []]);
    expect([await settle(), scene.invalid]).toEqual([["get nodes n"], ["n of a"]]);
  });

  it("stays when it comes after the owner", async () => {
    scene.add(pod1);
    scene.add(node, [pod1]);
    expect([await settle(), scene.invalid]).toEqual([["get nodes n"], ["n of a"]]);
    expect(scene.nodes).toEqual(nodes(node, [pod1Nowhere]));
    scene.add(pod1, [], { labels: { changed: "" } });
    expect(scene.nodes).toEqual(nodes(node, pod1));
  });

  it("keeps no other from being collected that names the owner rightly", async () => {
    scene.add(node, [pod1Nowhere]);
    scene.add(pod2, [pod1]);
    expect([...scene.suspects]).toEqual(["uid-a", "uid-b"]);
    const asked = ["get pods ns1/b", "get pods ns1/a", "delete pods ns1/b Background at 2", "get nodes n"];
    expect(await settle()).toEqual(asked);
    scene.forget(pod2);
    expect([scene.nodes, scene.suspects.size]).toEqual([nodes(node, [pod1Nowhere]), 0]);
  });

  it("keeps no other from staying whose owner is only told of late", async () => {
    scene.cluster.put(pod1);
    scene.add(node, [pod1Nowhere]);
    scene.add(pod2, [pod1]);
    expect(await settle()).toEqual(["get pods ns1/b", "get pods ns1/a", "get nodes n"]);
    expect(scene.invalid).toEqual(["n of a"]);
    scene.observe(pod1);
    expect(scene.nodes).toEqual(nodes(node, pod1, pod2));
    expect(await settle()).toEqual(["get nodes n"]);
  });

  it("becomes what the owner is known by when no other is left that names it", async () => {
    scene.add(pod2, [pod1]);
    scene.add(node, [pod1Nowhere]);
    expect([...scene.suspects]).toEqual(["uid-a", "uid-n"]);
    expect(await scene.turn()).toEqual(["again", "get pods ns1/a"]);
    expect([scene.nodes, absent(pod1)]).toEqual([nodes(node, pod2, [pod1Nowhere]), [true]]);
    const asked = ["get nodes n", "get pods ns1/b", "delete pods ns1/b Background at 1"];
    expect((await settle()).slice(0, 3)).toEqual(asked);
    scene.forget(pod2);
    expect([scene.nodes, scene.suspects.size]).toEqual([nodes(node, [pod1Nowhere]), 0]);
  });
});

describe("an owner that is named by a version", () => {
  it("is the same by another one that is served", async () => {
    scene.cluster.put(role);
    scene.add(pod1, [roleBeta]);
    expect(await scene.turn()).toEqual(["again", `get roles.${RBAC} ns1/r`]);
    scene.observe(role);
    expect([...scene.suspects]).toEqual(["uid-r", "uid-a"]);
    expect(await settle()).toEqual([`get roles.${RBAC} ns1/r`, "get pods ns1/a", `get roles.${RBAC} ns1/r`]);
    scene.cluster.remove(role);
    scene.forget(role);
    const last = ["get pods ns1/a", `get roles.${RBAC} ns1/r`, "delete pods ns1/a Background at 2"];
    expect(await settle()).toEqual(last);
    expect(absent(role, roleBeta)).toEqual([true, true]);
  });

  it.each(["before", "after"])("that is not served keeps its dependent, told of %s it", async (order) => {
    if (order === "before") scene.add(deployment);
    scene.add(pod1, [unserved]);
    expect(await scene.turn()).toEqual(["UnknownKindError"]);
    // An object that nobody names by what it is is told of again when it changes.
    scene.add(deployment);
    expect(await scene.turn()).toEqual(["done", "get deployments.apps ns1/d"]);
    expect(await scene.turn()).toEqual(["UnknownKindError", "get pods ns1/a"]);
    scene.cluster.remove(deployment);
    scene.forget(deployment);
    expect(await scene.turn()).toEqual(["UnknownKindError", "get pods ns1/a"]);
    expect([scene.nodes, absent(deployment, unserved)]).toEqual([nodes(pod1), [true, false]]);
  });

  it("that is not served keeps no other dependent, the unserved one first", async () => {
    scene.add(pod1, [unserved]);
    scene.add(pod2, [deployment]);
    expect([...scene.suspects]).toEqual(["uid-d", "uid-b"]);
    expect(await scene.turn()).toEqual(["UnknownKindError"]);
    const asked = ["get pods ns1/b", "get deployments.apps ns1/d", "delete pods ns1/b Background at 2"];
    expect(await scene.turn()).toEqual(["done", ...asked]);
    scene.forget(pod2);
    expect(await scene.turn()).toEqual(["UnknownKindError"]);
    expect(scene.nodes).toEqual(nodes(pod1, [unserved]));
  });

  it("that is not served keeps no other dependent, the served one first", async () => {
    scene.add(pod2, [deployment]);
    scene.add(pod1, [unserved]);
    expect(await scene.turn()).toEqual(["again", "get deployments.apps ns1/d"]);
    expect([scene.nodes, absent(deployment)]).toEqual([nodes(pod1, pod2, [unserved]), [true]]);
    expect([...scene.suspects]).toEqual(["uid-a", "uid-b", "uid-d"]);
    expect(await scene.turn()).toEqual(["UnknownKindError", "get pods ns1/a"]);
    expect(await scene.turn()).toEqual(["done", "get pods ns1/b", "delete pods ns1/b Background at 1"]);
    expect(await scene.turn()).toEqual(["UnknownKindError"]);
    scene.forget(pod2);
    expect(scene.nodes).toEqual(nodes(pod1, [unserved]));
  });
});

describe("a dependent that names its owner by a wrong kind", () => {
  it("is deleted, and the owner is found by the other one", async () => {
    scene.cluster.put(deployment);
    scene.add(bad, [wrongSecret]);
    scene.add(good, [deployment]);
    expect([...scene.suspects]).toEqual(["uid-d", "uid-good"]);
    expect(await scene.turn()).toEqual(["again", "get secrets ns1/s"]);
    expect([scene.nodes, absent(wrongSecret)]).toEqual([nodes(bad, good, [deployment]), [true]]);
    expect(await scene.turn()).toEqual(["done", "get pods ns1/good", "get deployments.apps ns1/d"]);
    expect(await scene.turn()).toEqual(["done", "get pods ns1/bad", "delete pods ns1/bad Background at 2"]);
    expect(await scene.turn()).toEqual(["again", "get deployments.apps ns1/d"]);
    scene.observe(deployment);
    scene.forget(bad);
    expect(await settle()).toEqual(["get deployments.apps ns1/d"]);
    expect(scene.nodes).toEqual(nodes(deployment, good));
  });

  it("is deleted when the owner is told of while the wrong one is looked for", async () => {
    scene.add(bad, [wrongSecret]);
    scene.add(good, [deployment]);
    scene.suspects.clear();
    scene.add(deployment);
    expect([[...scene.suspects], scene.nodes]).toEqual([["uid-bad"], nodes(bad, deployment, good)]);
    expect(scene.graph.absent(wrongSecret)).toBe(false);
    expect(absent(wrongSecret)).toEqual([true]);
    expect(await settle()).toEqual(["get pods ns1/bad", "delete pods ns1/bad Background at 1"]);
    scene.forget(bad);
    expect(scene.nodes).toEqual(nodes(deployment, good));
  });

  it("is deleted when it comes after the other one", async () => {
    scene.cluster.put(deployment);
    scene.add(good, [deployment]);
    scene.add(bad, [wrongSecret]);
    expect(await scene.turn()).toEqual(["again", "get deployments.apps ns1/d"]);
    const asked = ["get pods ns1/bad", "get secrets ns1/s", "delete pods ns1/bad Background at 3"];
    expect(await scene.turn()).toEqual(["done", ...asked]);
    scene.observe(deployment);
    scene.forget(bad);
    expect(await settle()).toEqual(["get deployments.apps ns1/d"]);
    expect(scene.nodes).toEqual(nodes(deployment, good));
  });
});

describe("a dependent that others write to while it is deleted", () => {
  it("is looked at again when its owners have changed, and deleted all the same when they have not", async () => {
    scene.add(pod1);
    scene.add(pod2, [pod1]);
    scene.cluster.remove(pod1);
    scene.forget(pod1);
    const writes = [[role], [role], undefined];
    scene.cluster.onWrite = () => {
      const owners = writes.shift();
      if (owners === undefined) return;
      scene.cluster.put(pod2, { ownerReferences: owners.map((one) => referenceTo(one)) });
    };
    const first = ["get pods ns1/b", "delete pods ns1/b Background at 2", "get pods ns1/b"];
    expect(await scene.turn()).toEqual(["StatusError", ...first]);
    const second = ["delete pods ns1/b Background at 3", "get pods ns1/b", "delete pods ns1/b Background"];
    expect(await scene.turn()).toEqual(["done", "get pods ns1/b", `get roles.${RBAC} ns1/r`, ...second]);
    expect(scene.cluster.find(pod2)).toBeUndefined();
  });
});
