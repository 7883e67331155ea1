import { etcdMissing } from "@quarterdeck/testing/etcd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../process/api-client.js";
import { bodyOf, COLLECTIONS, type Collection, type LoadObject, NAMESPACE } from "../process/collection.js";
import { Stage } from "../process/stage.js";

const WRITERS = 20;
const INCREMENTS = 10;
const PATIENCE = 120_000;

interface WatchEvent {
  readonly type: string;
  readonly object: LoadObject;
}

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;

describe.skipIf(etcdMissing !== undefined).each([2, 3])(`%i servers on one etcd${skipped}`, (count) => {
  let stage: Stage;
  let servers: ApiClient[];

  beforeAll(async () => {
    stage = await Stage.start({ storage: "etcd3", servers: count });
    servers = await stage.clients();
  });

  afterAll(() => stage.stop());

  /** One of the servers, each in its turn. */
  function server(turn: number): ApiClient {
    const chosen = servers[turn % servers.length];
    if (chosen === undefined) throw new Error("there is no server");
    return chosen;
  }

  async function revisionOf(path: string): Promise<string> {
    return JSON.parse((await server(0).request("GET", path)).text).metadata.resourceVersion;
  }

  /** What a watcher at one server is told behind a revision, up to the object of that name. */
  async function told(client: ApiClient, { path }: Collection, after: string, last: string): Promise<string[]> {
    const events: string[] = [];
    for await (const { type, object } of client.lines<WatchEvent>(`${path}?watch=1&resourceVersion=${after}`)) {
      events.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`);
      if (object.metadata.name === last) return events;
    }
    throw new Error(`the watch ended before ${last}`);
  }

  it("lose no update of twenty writers on one counter", { timeout: PATIENCE }, async () => {
    const path = `/api/v1/namespaces/${NAMESPACE}/configmaps/counter`;
    const made = await server(0).request("POST", path.replace("/counter", ""), {
      metadata: { name: "counter" },
      data: { count: "0" },
    });
    expect(made.status).toBe(201);
    let conflicts = 0;
    const increment = async (client: ApiClient): Promise<void> => {
      for (;;) {
        const { metadata, data } = JSON.parse((await client.request("GET", path)).text);
        const next = { metadata, data: { count: String(Number(data.count) + 1) } };
        const { status, text } = await client.request("PUT", path, next);
        if (status === 200) return;
        expect(status, text).toBe(409);
        conflicts += 1;
      }
    };
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let round = 0; round < INCREMENTS; round++) await increment(server(writer + round));
      }),
    );
    for (const client of servers)
      expect(JSON.parse((await client.request("GET", path)).text).data.count).toBe(String(WRITERS * INCREMENTS));
    expect(conflicts).toBeGreaterThan(0);
  });

  it.each(COLLECTIONS)("tell every watcher of $resource every write, in one order", async (collection) => {
    const start = await revisionOf(collection.path);
    const watching = servers.map((client) => told(client, collection, start, "the-last"));
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let round = 0; round < 10; round++) {
          const name = `object-${writer}-${round % 3}`;
          const method = ["POST", "PUT", "DELETE"][Math.floor(round / 3) % 3] ?? "GET";
          const path = method === "POST" ? collection.path : `${collection.path}/${name}`;
          const body = method === "DELETE" ? undefined : bodyOf(collection, name, `${writer}-${round}`, "left");
          expect((await server(writer + round).request(method, path, body)).status).toBeLessThan(300);
        }
      }),
    );
    await server(1).request("POST", collection.path, bodyOf(collection, "the-last", "last", "left"));
    const [first, ...others] = await Promise.all(watching);
    expect(first?.length).toBe(61);
    const revisions = first?.map((event) => Number(event.split(" ")[2])) ?? [];
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    expect(new Set(revisions).size).toBe(61);
    for (const other of others) expect(other).toEqual(first);
  });

  it("read at each what was written at another", async () => {
    const collection = COLLECTIONS[0];
    if (collection === undefined) throw new Error("there is nothing to write");
    for (let round = 0; round < 30; round++) {
      const name = `seen-${round}`;
      await server(round).request("POST", collection.path, bodyOf(collection, name, name, "left"));
      for (const client of servers) {
        expect((await client.request("GET", `${collection.path}/${name}`)).status).toBe(200);
        expect((await client.request("GET", collection.path)).text).toContain(`"${name}"`);
      }
    }
  });
});
