import { setImmediate as nextTurn } from "node:timers/promises";
import type { ObjectMeta } from "@quarterdeck/meta";
import { KeptLogger } from "@quarterdeck/testing/doubles";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CollectorTerm } from "./collector-term.js";
import type { ObjectIdentity } from "./graph/object-identity.js";
import { MemoryCluster } from "./memory-cluster.fixture.js";
import { identity, referenceTo } from "./scene.fixture.js";

const owner = identity("v1", "Pod", "ns1", "owner", "owner");
const dependent = identity("v1", "Secret", "ns1", "dependent", "dependent");
const ownerReferences = [referenceTo(owner, { blockOwnerDeletion: true })];
const WAITS = { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["foregroundDeletion"] };

let cluster: MemoryCluster;
let term: CollectorTerm;
let logger: KeptLogger;

beforeEach(() => {
  cluster = new MemoryCluster();
  logger = new KeptLogger();
  const options = { workers: 2, ignoredResources: ["nodes"], absentOwners: 10 };
  const { served, listers, client } = cluster;
  term = new CollectorTerm({ options, served, listers, client, logger });
  term.start();
});
afterEach(() => term.stop());

/** Stores an object and tells of it. */
function tell(resource: string, which: ObjectIdentity, metadata: ObjectMeta): void {
  const { metadata: stored } = cluster.put(which, metadata);
  cluster.observers.get(resource)?.change({ type: "ADDED", metadata: stored });
}

function tellAll(...resources: string[]): void {
  for (const one of resources) cluster.observers.get(one)?.current();
}

/** What was written once the collector has had time for all that it has begun. */
async function written(): Promise<string[]> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  return cluster.taken().filter((one) => !one.startsWith("get"));
}

it("does nothing until all observers have told what is there", async () => {
  expect([...cluster.observers.keys()]).toEqual(["pods", "secrets", "deployments", "roles"]);
  tell("pods", owner, WAITS);
  tellAll("pods", "deployments", "roles");
  expect(await written()).toEqual([]);
  // Without it the owner would have been let go as one without dependents.
  tell("secrets", dependent, { ownerReferences, finalizers: ["example.com/hold"] });
  tellAll("secrets");
  expect(await written()).toEqual(["delete secrets ns1/dependent Background at 2"]);
  cluster.observers.get("secrets")?.change({ type: "DELETED", metadata: { ...dependent, ownerReferences } });
  expect(await written()).toEqual(['patch pods ns1/owner {"finalizers":[]}']);
});

it("tries again what fails, and says so", async () => {
  tellAll(...cluster.observers.keys());
  let failures = 2;
  cluster.onWrite = () => {
    if (failures-- > 0) throw new RangeError("not now");
  };
  tell("pods", owner, WAITS);
  await expect.poll(() => cluster.find(owner)?.finalizers).toEqual([]);
  const line = "warn an object could not be collected yet";
  const fields = { object: "[v1/Pod, namespace: ns1, name: owner, uid: owner]", error: "not now" };
  expect(logger.text).toBe(`${line} ${JSON.stringify(fields)}\n`.repeat(2).trimEnd());
});

it("lets go of what leaves its dependents behind", async () => {
  tellAll(...cluster.observers.keys());
  tell("secrets", dependent, { ownerReferences });
  cluster.put(owner);
  await written();
  tell("pods", owner, { ...WAITS, finalizers: ["orphan"] });
  const release = 'patch secrets ns1/dependent {"ownerReferences":[]}';
  expect(await written()).toEqual([release, 'patch pods ns1/owner {"finalizers":[]}']);
});
