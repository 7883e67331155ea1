import { etcdMissing } from "@quarterdeck/testing/etcd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../process/api-client.js";
import { leaseHolders, tookLease } from "../process/lease-holders.js";
import { connectionTo, Stage } from "../process/stage.js";

const LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
/** Fifteen seconds until the lease of a server that is gone may be taken, and what the work takes. */
const PATIENCE = { timeout: 60_000, interval: 250 };

interface Lease {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly spec: { readonly holderIdentity: string; readonly leaseTransitions: number };
}

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;

describe.skipIf(etcdMissing !== undefined)(`controllers of two servers on one etcd${skipped}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start({ storage: "etcd3", servers: 2 });
  });
  afterAll(() => stage.stop());

  /** The server that has said that it took the lease of the namespace controller, and the other one, which has not. */
  function places() {
    const { working, waiting } = leaseHolders(stage, "namespace");
    expect([working, waiting].map((one) => tookLease(one, "namespace"))).toEqual([true, false]);
    return { working, waiting };
  }

  async function lease(client: ApiClient, name = "namespace"): Promise<Lease> {
    return JSON.parse((await client.request("GET", `${LEASES}/${name}`)).text);
  }

  async function makeAndDelete(client: ApiClient, name: string): Promise<void> {
    await client.request("POST", "/api/v1/namespaces", { metadata: { name } });
    const map = { metadata: { name: "a" } };
    await client.request("POST", `/api/v1/namespaces/${name}/configmaps`, map);
    expect((await client.request("DELETE", `/api/v1/namespaces/${name}`)).status).toBe(200);
  }

  const statusOf = async (client: ApiClient, name: string) =>
    (await client.request("GET", `/api/v1/namespaces/${name}`)).status;

  it("work on one of them, each with a lease of its own", async () => {
    const { waiting } = places();
    const client = await connectionTo(waiting.process);
    const { items } = JSON.parse((await client.request("GET", LEASES)).text);
    const leases: readonly Lease[] = items;
    expect(leases.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(["clusterrole-aggregation", "namespace"]),
    );
    for (const { spec } of leases)
      expect(spec).toMatchObject({
        holderIdentity: expect.stringMatching(/^.+_[0-9a-f-]{36}$/),
        leaseDurationSeconds: 15,
        leaseTransitions: 0,
      });
    await makeAndDelete(client, "first");
    await expect.poll(() => statusOf(client, "first"), PATIENCE).toBe(404);
    client.close();
  });

  it("work on the other one when that is killed", { timeout: 90_000 }, async () => {
    const { working, waiting } = places();
    const client = await connectionTo(waiting.process);
    const before = await lease(client);
    await working.process.end("SIGKILL");
    await makeAndDelete(client, "second");
    await expect.poll(() => statusOf(client, "second"), PATIENCE).toBe(404);
    const after = await lease(client);
    expect(after.spec.leaseTransitions).toBe(1);
    expect(after.spec.holderIdentity).not.toBe(before.spec.holderIdentity);
    client.close();
    await working.process.restart();
  });

  it("give their leases up when their server stops", { timeout: 90_000 }, async () => {
    const { working, waiting } = places();
    const client = await connectionTo(waiting.process);
    const { metadata, spec } = await lease(client);
    const told: string[] = [];
    const path = `${LEASES}?watch=1&fieldSelector=metadata.name%3Dnamespace&resourceVersion=${metadata.resourceVersion}`;
    const [, ending] = await Promise.all([
      (async () => {
        for await (const { object } of client.lines<{ readonly object: Lease }>(path)) {
          const { holderIdentity: holder } = object.spec;
          if (holder !== spec.holderIdentity) told.push(holder);
          if (told.length === 2) return;
        }
      })(),
      working.process.end("SIGTERM"),
    ]);
    expect(ending).toEqual({ code: 0, signal: null });
    expect(told).toEqual(["", expect.stringMatching(/^.+_[0-9a-f-]{36}$/)]);
    await makeAndDelete(client, "third");
    await expect.poll(() => statusOf(client, "third"), PATIENCE).toBe(404);
    client.close();
  });
});
