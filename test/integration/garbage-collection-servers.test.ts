import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { type Etcd, etcdMissing, startEtcd } from "@quarterdeck/testing/etcd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Environment } from "../../docs/examples/environment/src/index.js";
import type { ApiClient } from "../process/api-client.js";
import { leaseHolders } from "../process/lease-holders.js";
import { connectionTo, Stage } from "../process/stage.js";
import { create, listOf, objectOf } from "./support/api-objects.js";
import { ownedBy } from "./support/family.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ENVIRONMENTS = "/apis/delivery.example.com/v1/environments";
const DEPENDENTS = 300;
const FOREGROUND = { propagationPolicy: "Foreground" };
/** Fifteen seconds until the lease of a server that is gone may be taken, and what the work takes. */
const PATIENCE = { timeout: 60_000, interval: 100 };

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;
const numbers = Array.from({ length: DEPENDENTS }, (_, number) => number);

describe.skipIf(etcdMissing !== undefined)(`the garbage collector of two servers on one etcd${skipped}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start({ storage: "etcd3", servers: 2 });
  });
  afterAll(() => stage.stop());

  async function created(client: ApiClient, metadata: object) {
    const { status, text } = await client.request("POST", MAPS, { metadata });
    if (status !== 201) throw new Error(text);
    return JSON.parse(text);
  }

  it("goes on where the other left off that was killed in the middle", { timeout: 120_000 }, async () => {
    const { working, waiting } = leaseHolders(stage, "garbage-collector");
    const client = await connectionTo(waiting.process);
    const owner = await created(client, { name: "owner" });
    const ownerReferences = [ownedBy(owner, { blockOwnerDeletion: true })];
    for (const number of numbers) await created(client, { name: `d${number}`, ownerReferences });
    const count = async () => JSON.parse((await client.request("GET", MAPS)).text).items.length;
    await client.request("DELETE", `${MAPS}/owner`, FOREGROUND);
    await expect.poll(count, PATIENCE).toBeLessThan(DEPENDENTS);
    await working.process.end("SIGKILL");
    await expect.poll(count, PATIENCE).toBe(0);
    expect((await client.request("GET", `${MAPS}/owner`)).status).toBe(404);
    client.close();
  });
});

describe.skipIf(etcdMissing !== undefined)(`garbage collectors without leases${skipped}`, () => {
  let etcd: Etcd;
  let servers: [TestServer, TestServer];
  beforeAll(async () => {
    etcd = await startEtcd();
    const config = {
      storage: ["etcd3", { endpoints: etcd.endpoints }],
      resources: [],
      authentication: ["client-certificate"],
      authorization: ["always-allow"],
      admission: [],
      controllers: ["garbage-collector"],
    } as const;
    const start = () => startTestServer({ config, resources: [Environment] });
    servers = [await start(), await start()];
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await etcd.stop();
  });

  it.each(["Background", "Foreground", "Orphan"])("work side by side (%s)", { timeout: 60_000 }, async (policy) => {
    const [one, other] = servers;
    const spec = { stage: "staging", owner: "a@example.com" };
    const owner = await create(one, ENVIRONMENTS, { metadata: { name: "owner" }, spec });
    const ownerReferences = [ownedBy(owner, { blockOwnerDeletion: true })];
    const make = (number: number) =>
      create(number % 2 === 0 ? one : other, ENVIRONMENTS, { metadata: { name: `d${number}`, ownerReferences }, spec });
    await Promise.all(numbers.map(make));
    const body = { propagationPolicy: policy };
    objectOf(await other.request(`${ENVIRONMENTS}/owner`, { method: "DELETE", body }));
    const items = async () => listOf(await one.request(ENVIRONMENTS)).items;
    const left = async () => (await items()).filter(({ metadata }) => metadata.ownerReferences !== undefined).length;
    await expect.poll(left, PATIENCE).toBe(0);
    await expect.poll(async () => (await items()).length, PATIENCE).toBe(policy === "Orphan" ? DEPENDENTS : 0);
    await one.request(ENVIRONMENTS, { method: "DELETE" });
    const trouble = servers.flatMap(({ logs }) => logs).filter(({ fields }) => Object(fields).object !== undefined);
    expect(trouble.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
  });
});
