import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { create, createNamespace, listOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { Family, ownedBy } from "./support/family.js";
import { WatchReader } from "./support/watch-reader.js";
import { widget, widgetsOf } from "./support/widget.js";

const ENVIRONMENTS = "/apis/delivery.example.com/v1/environments";
const spec = { stage: "staging", owner: "a@example.com" };
const HOLD = { finalizers: ["example.com/hold"] };
const BLOCKING = { blockOwnerDeletion: true };

describe("the garbage collector", () => {
  let server: TestServer;
  let family: Family;
  let namespaces = 0;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  beforeEach(async () => {
    const name = `family-${namespaces++}`;
    await createNamespace(server, name);
    family = new Family(server, name);
  });
  afterAll(() => server.stop());

  /** What happens to the config maps from now on, as `TYPE name`. */
  const watched = () => WatchReader.open(server, `${family.path("configmaps")}?watch=1`);
  const finalizersOf = async (name: string) => (await family.get(family.at(name))).metadata.finalizers ?? [];

  it("deletes dependents after their owner, and those of these", async () => {
    const owner = await family.map("a");
    const child = await family.child("b", [owner]);
    await family.child("c", [child]);
    await family.map("other");
    await family.delete(family.at("a"));
    await family.gone(family.at("b"), family.at("c"));
    expect(await family.status(family.at("other"))).toBe(200);
  });

  it("deletes dependents before their owner when it is asked for in the foreground", async () => {
    const owner = await family.map("a");
    const child = await family.child("b", [owner], BLOCKING);
    await family.child("c", [child], BLOCKING);
    const watch = await watched();
    await watch.take(3);
    await family.delete(family.at("a"), "Foreground");
    const order: string[] = [];
    while (order.length < 3) {
      const { type, object } = await watch.next();
      if (type === "DELETED") order.push(object.metadata.name ?? "");
    }
    watch.close();
    expect(order).toEqual(["c", "b", "a"]);
  });

  it("waits in the foreground for those dependents only that block it", async () => {
    const blocked = await family.map("blocked");
    const free = await family.map("free");
    await family.map("b", { ...HOLD, ownerReferences: [ownedBy(blocked, BLOCKING)] });
    await family.map("f", { ...HOLD, ownerReferences: [ownedBy(free, { blockOwnerDeletion: false })] });
    await family.delete(family.at("blocked"), "Foreground");
    await family.delete(family.at("free"), "Foreground");
    await family.gone(family.at("free"));
    await family.collected();
    expect(await finalizersOf("blocked")).toEqual(["foregroundDeletion"]);
    for (const name of ["b", "f"]) {
      expect((await family.get(family.at(name))).metadata.deletionTimestamp).toBeDefined();
      await family.patch(family.at(name), { finalizers: null });
    }
    await family.gone(family.at("b"), family.at("blocked"));
  });

  it("lets an owner go that a dependent blocks no more", async () => {
    const owner = await family.map("a");
    await family.map("b", { ...HOLD, ownerReferences: [ownedBy(owner, BLOCKING)] });
    await family.delete(family.at("a"), "Foreground");
    await family.collected();
    expect(await finalizersOf("a")).toEqual(["foregroundDeletion"]);
    await family.patch(family.at("b"), { ownerReferences: [ownedBy(owner, { blockOwnerDeletion: false })] });
    await family.gone(family.at("a"));
    expect(await finalizersOf("b")).toEqual(HOLD.finalizers);
  });

  it("takes the references to an owner away that leaves its dependents behind", async () => {
    const [owner, other] = [await family.map("a"), await family.map("other")];
    await family.child("b", [owner]);
    await family.child("c", [owner, other]);
    await family.delete(family.at("a"), "Orphan");
    await family.gone(family.at("a"));
    await family.owners(family.at("b"));
    await family.owners(family.at("c"), "other");
    await family.collected();
    expect(await family.status(family.at("b"))).toBe(200);
  });

  it("keeps what has an owner left, without the references to those that are gone or wait", async () => {
    const owners = await Promise.all(["solid", "gone", "waits"].map((name) => family.map(name)));
    await family.child("b", owners, BLOCKING);
    await family.delete(family.at("gone"));
    await family.owners(family.at("b"), "solid", "waits");
    await family.delete(family.at("waits"), "Foreground");
    await family.gone(family.at("waits"));
    await family.owners(family.at("b"), "solid");
  });

  it("ends a deletion in the foreground that goes in a circle", async () => {
    const a = await family.map("a");
    const b = await family.child("b", [a], BLOCKING);
    const c = await family.child("c", [b], BLOCKING);
    await family.patch(family.at("a"), { ownerReferences: [ownedBy(c, BLOCKING)] });
    await family.delete(family.at("a"), "Foreground");
    await family.gone(family.at("a"), family.at("b"), family.at("c"));
  });

  it("goes on as the finalizers of a dependent say", async () => {
    const owner = await family.map("a");
    const child = await family.map("b", { finalizers: ["orphan"], ownerReferences: [ownedBy(owner)] });
    await family.child("c", [child]);
    await family.delete(family.at("a"));
    await family.gone(family.at("b"));
    await family.owners(family.at("c"));
  });

  it("collects across groups and kinds, native and decorated, and below owners of the cluster", async () => {
    const name = family.namespace;
    const environment = await create(server, ENVIRONMENTS, { metadata: { name }, spec });
    const below = { ownerReferences: [ownedBy(environment)] };
    const owned = { ...widget("w"), metadata: { name: "w", ...below } };
    const middle = await create(server, widgetsOf(name), owned);
    const secret = { metadata: { name: "s", ownerReferences: [ownedBy(middle)] } };
    await create(server, family.path("secrets"), secret);
    await family.map("m", below);
    await create(server, ENVIRONMENTS, { metadata: { name: `${name}-child`, ...below }, spec });
    await family.delete(`${ENVIRONMENTS}/${name}`, "Foreground");
    const paths = [`${widgetsOf(name)}/w`, `${family.path("secrets")}/s`, `${ENVIRONMENTS}/${name}-child`];
    await family.gone(`${ENVIRONMENTS}/${name}`, family.at("m"), ...paths);
  });

  it("deletes what is made with an owner that is not there, or is another one by then", async () => {
    const first = await family.map("a");
    await family.delete(family.at("a"));
    const second = await family.map("a");
    await family.child("of-first", [first]);
    await family.child("of-second", [second]);
    await family.gone(family.at("of-first"));
    await family.collected();
    expect(await family.status(family.at("of-second"))).toBe(200);
  });

  it("deletes what names its owner by a wrong kind, and nothing that names it rightly", async () => {
    const owner = await family.map("a");
    await family.child("good", [owner]);
    await family.child("bad", [owner], { kind: "Secret" });
    await family.gone(family.at("bad"));
    await family.collected();
    expect(await family.status(family.at("good"))).toBe(200);
    await family.delete(family.at("a"));
    await family.gone(family.at("good"));
  });

  it("leaves alone what names an owner of a kind that is not served", async () => {
    const owner = await family.map("a");
    await family.child("b", [owner], { apiVersion: "example.com/v7" });
    await family.delete(family.at("a"));
    await family.collected();
    expect(await family.status(family.at("b"))).toBe(200);
  });

  it("deletes what names an owner in another namespace, and says so by an event", async () => {
    const elsewhere = new Family(server, `${family.namespace}-elsewhere`);
    await createNamespace(server, elsewhere.namespace);
    const owner = await elsewhere.map("a");
    await elsewhere.child("good", [owner]);
    await family.child("bad", [owner]);
    await family.gone(family.at("bad"));
    const events = async () => listOf(await server.request(family.path("events"))).items;
    await expect.poll(async () => (await events()).length).toBe(1);
    const [event] = await events();
    const { namespace } = family;
    expect(event).toMatchObject({
      type: "Warning",
      reason: "OwnerRefInvalidNamespace",
      message: `ownerRef [v1/ConfigMap, namespace: ${namespace}, name: a, uid: ${owner.metadata.uid}] does not exist in namespace "${namespace}"`,
      involvedObject: { apiVersion: "v1", kind: "ConfigMap", namespace, name: "bad" },
      source: { component: "garbage-collector-controller" },
    });
    await elsewhere.collected();
    expect(await elsewhere.status(elsewhere.at("good"))).toBe(200);
  });

  it("never deletes what has no namespace for an owner that has one", async () => {
    const owner = await family.map("a");
    const name = `${family.namespace}-child`;
    await create(server, ENVIRONMENTS, { metadata: { name, ownerReferences: [ownedBy(owner)] }, spec });
    const events = async () =>
      listOf(await server.request(`/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${name}`)).items;
    await expect.poll(async () => (await events()).map(({ reason }) => reason)).toEqual(["OwnerRefInvalidNamespace"]);
    await family.delete(family.at("a"));
    await family.collected();
    expect(await family.status(`${ENVIRONMENTS}/${name}`)).toBe(200);
  });
});

describe("the garbage collector of a server that is started again", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-garbage-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("goes on with a deletion in the foreground, and with what was left of others", async () => {
    const config = { storage: ["level", { path: join(folder, "store") }] } as const;
    const first = await startTestServer({ config });
    try {
      const family = new Family(first, "default");
      const [owner, lost] = [await family.map("a"), await family.map("lost")];
      await family.map("held", { ...HOLD, ownerReferences: [ownedBy(owner, BLOCKING)] });
      await family.child("b", [owner], BLOCKING);
      await family.child("orphan", [lost]);
      await family.delete(family.at("a"), "Foreground");
      await family.gone(family.at("b"));
    } finally {
      await first.stop();
    }
    const alone = await startTestServer({ config: { ...config, controllers: [] } });
    try {
      const family = new Family(alone, "default");
      await family.delete(family.at("lost"));
      expect(await family.status(family.at("orphan"))).toBe(200);
    } finally {
      await alone.stop();
    }
    const second = await startTestServer({ config });
    try {
      const family = new Family(second, "default");
      await family.gone(family.at("orphan"));
      await family.collected();
      expect((await family.get(family.at("a"))).metadata.finalizers).toEqual(["foregroundDeletion"]);
      await family.patch(family.at("held"), { finalizers: null });
      await family.gone(family.at("a"));
    } finally {
      await second.stop();
    }
  });
});

describe("an owner of many", () => {
  let server: TestServer;
  let family: Family;
  beforeAll(async () => {
    server = await startTestServer();
    family = new Family(server, "default");
  });
  afterAll(() => server.stop());

  /** Gives the owner so many dependents. */
  async function fill(name: string, count: number): Promise<void> {
    const owner = await family.map(name);
    const numbers = Array.from({ length: count }, (_, number) => number).values();
    const make = async (): Promise<void> => {
      for (const number of numbers) await family.child(`${name}-${number}`, [owner], BLOCKING);
    };
    await Promise.all(Array.from({ length: 64 }, make));
  }

  const left = async () => listOf(await server.request(`${family.path("configmaps")}?limit=1`));

  it("goes in the foreground after a thousand dependents", { timeout: 60_000 }, async () => {
    await fill("a", 1000);
    await family.delete(family.at("a"), "Foreground");
    await family.gone(family.at("a"));
    expect((await left()).items).toEqual([]);
  });

  it("leaves a thousand dependents behind", { timeout: 60_000 }, async () => {
    await fill("a", 1000);
    await family.delete(family.at("a"), "Orphan");
    await family.gone(family.at("a"));
    const { items } = listOf(await server.request(family.path("configmaps")));
    expect([items.length, items.filter(({ metadata }) => metadata.ownerReferences !== undefined)]).toEqual([1000, []]);
  });

  it("is followed by ten thousand, while others are served", { timeout: 120_000 }, async () => {
    await fill("b", 10_000);
    await family.delete(family.at("b"));
    const { metadata } = await left();
    expect(metadata.remainingItemCount).toBeGreaterThan(1000);
    const remaining = async () => (await left()).metadata.remainingItemCount ?? 0;
    await expect.poll(remaining, { timeout: 60_000 }).toBe(999);
  });
});
