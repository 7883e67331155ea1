import { type Etcd, etcdMissing } from "@quarterdeck/testing/etcd";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer, ApiClient } from "../process/api-client.js";
import { bodyOf, COLLECTIONS, NAMESPACE } from "../process/collection.js";
import type { FaultyLink } from "../process/faulty-link.js";
import { Reflector } from "../process/reflector.js";
import { Stage } from "../process/stage.js";

const PATH = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
const POLL = { timeout: 20_000, interval: 100 };
/** Short, so that a paused etcd is told from a slow one while a test waits. */
const REQUEST_TIMEOUT = 1;

/** The one thing that a client may do is come back later, and it is told when. */
function expectUnavailable({ status, headers, text }: Answer): void {
  expect([503, 504], text).toContain(status);
  const { kind, code, details } = JSON.parse(text);
  expect({ kind, code }).toEqual({ kind: "Status", code: status });
  expect(details.retryAfterSeconds).toBeGreaterThan(0);
  expect(headers["retry-after"]).toBe(String(details.retryAfterSeconds));
}

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;

describe.skipIf(etcdMissing !== undefined)(`a server whose etcd is in trouble${skipped}`, () => {
  let stage: Stage;
  let client: ApiClient;
  let etcd: Etcd;

  beforeEach(async () => {
    const options = { requestTimeoutSeconds: REQUEST_TIMEOUT };
    stage = await Stage.start({ storage: "etcd3", servers: 1, options });
    const [first] = await stage.clients();
    if (first === undefined || stage.etcd === undefined) throw new Error("there is no server");
    client = first;
    etcd = stage.etcd;
    expect((await create("before")).status).toBe(201);
  });

  afterEach(() => stage.stop());

  function create(name: string): Promise<Answer> {
    return client.request("POST", PATH, { metadata: { name } });
  }

  async function ready(): Promise<number> {
    return (await client.request("GET", "/readyz")).status;
  }

  /** Writes and consistent reads are refused, reads of any state go on, and the server does not call itself ready. */
  async function expectTrouble(): Promise<void> {
    await expect.poll(ready, POLL).toBe(500);
    expect((await client.request("GET", "/readyz?verbose")).text).toMatch(/\[-\]\S+ failed/);
    expect((await client.request("GET", "/livez")).status).toBe(200);
    const object = `${PATH}/before`;
    expectUnavailable(await create("meanwhile"));
    expectUnavailable(await client.request("PUT", object, { metadata: { name: "before" }, data: { a: "b" } }));
    expectUnavailable(await client.request("PATCH", object, { data: { a: "b" } }));
    expectUnavailable(await client.request("DELETE", object));
    expectUnavailable(await client.request("GET", object));
    expectUnavailable(await client.request("GET", PATH));
    expect((await client.request("GET", `${object}?resourceVersion=0`)).status).toBe(200);
    const list = await client.request("GET", `${PATH}?resourceVersion=0`);
    expect(JSON.parse(list.text).items.length).toBe(1);
  }

  async function expectRecovery(): Promise<void> {
    await expect.poll(ready, POLL).toBe(200);
    expect((await create("after")).status).toBe(201);
    expect((await client.request("GET", PATH)).status).toBe(200);
  }

  it("refuses with a delay what needs etcd while it is killed, and comes back", async () => {
    await etcd.kill();
    await expectTrouble();
    await etcd.restart();
    await expectRecovery();
    // It was refused before anybody could have asked etcd.
    expect((await client.request("GET", `${PATH}/meanwhile`)).status).toBe(404);
  });

  it("refuses with a delay what needs etcd while it is paused, and comes back", async () => {
    await etcd.pause();
    await expectTrouble();
    etcd.resume();
    await expectRecovery();
  });

  const disturbances: { readonly name: string; begin(): Promise<void>; end?(): Promise<void> | void }[] = [
    { name: "killed", begin: () => etcd.kill(), end: () => etcd.restart() },
    { name: "paused", begin: () => etcd.pause(), end: () => etcd.resume() },
    { name: "restarted", begin: () => etcd.restart() },
  ];

  it.each(disturbances)("goes on with its watches when etcd was $name, and nothing is lost", async ({ begin, end }) => {
    const reflectors = COLLECTIONS.map((collection) => new Reflector(client, collection));
    for (const reflector of reflectors) await reflector.start();
    const stop = new AbortController();
    const acknowledged = new Set<string>();
    let refused = 0;
    const writing = Promise.all(
      COLLECTIONS.map(async (collection) => {
        for (let index = 0; !stop.signal.aborted; index++) {
          const name = `${collection.resource}-${index}`;
          const { status, text } = await client.request(
            "POST",
            collection.path,
            bodyOf(collection, name, name, "left"),
          );
          expect([201, 503, 504], text).toContain(status);
          if (status === 201) acknowledged.add(name);
          else refused += 1;
        }
      }),
    );
    const enough = async (more: number): Promise<void> => {
      const before = acknowledged.size;
      await expect.poll(() => acknowledged.size, POLL).toBeGreaterThan(before + more);
    };
    await enough(50);
    await begin();
    if (end !== undefined) {
      await expect.poll(() => refused, POLL).toBeGreaterThan(0);
      await end();
    }
    await enough(50);
    stop.abort();
    await writing;
    for (const [index, { path }] of COLLECTIONS.entries()) {
      const { items } = JSON.parse((await client.request("GET", path)).text);
      const list = new Map(
        items.map(({ metadata }: { metadata: { name: string; resourceVersion: string } }) => [
          metadata.name,
          metadata.resourceVersion,
        ]),
      );
      await expect.poll(() => reflectors[index]?.holdings, POLL).toEqual(list);
      // The connections of the watchers lasted, and what was missed was not read as a list.
      expect(reflectors[index]?.lists).toBe(1);
      expect(reflectors[index]?.connections).toBe(1);
      await reflectors[index]?.stop();
    }
    const held = new Set(reflectors.flatMap(({ holdings }) => [...holdings.keys()]));
    expect([...acknowledged].filter((name) => !held.has(name))).toEqual([]);
  });
});

describe.skipIf(etcdMissing !== undefined)(`one of two servers that is parted from their etcd${skipped}`, () => {
  let stage: Stage;
  let parted: ApiClient;
  let other: ApiClient;

  beforeEach(async () => {
    stage = await Stage.start({ storage: "etcd3", servers: 2, options: { requestTimeoutSeconds: REQUEST_TIMEOUT } });
    const [first, second] = await stage.clients();
    if (first === undefined || second === undefined) throw new Error("there are no servers");
    parted = first;
    other = second;
  });

  afterEach(() => stage.stop());

  function links(): readonly FaultyLink[] {
    return stage.servers[0]?.links ?? [];
  }

  it("tells no old state as the newest, and catches up", async () => {
    const [collection] = COLLECTIONS;
    if (collection === undefined) throw new Error("there is nothing to write");
    const write = (name: string) => other.request("POST", PATH, bodyOf(collection, name, name, "left"));
    expect((await write("before")).status).toBe(201);
    expect((await parted.request("GET", `${PATH}/before`)).status).toBe(200);
    const reflector = new Reflector(parted, collection);
    await reflector.start();
    for (const link of links()) link.hold();
    expect((await write("meanwhile")).status).toBe(201);
    expect((await other.request("DELETE", `${PATH}/before`)).status).toBe(200);
    expectUnavailable(await parted.request("GET", `${PATH}/before`));
    expectUnavailable(await parted.request("GET", PATH));
    expectUnavailable(await parted.request("POST", PATH, { metadata: { name: "refused" } }));
    expect((await parted.request("GET", `${PATH}/before?resourceVersion=0`)).status).toBe(200);
    expect([...reflector.holdings.keys()]).toEqual(["before"]);
    expect((await parted.request("GET", "/readyz")).status).toBe(500);
    expect((await other.request("GET", "/readyz")).status).toBe(200);
    for (const link of links()) link.release();
    // What was refused with 504 may yet take effect.
    const caughtUp = () => reflector.holdings.has("meanwhile") && !reflector.holdings.has("before");
    await expect.poll(caughtUp, POLL).toBe(true);
    expect(reflector.lists).toBe(1);
    await expect.poll(async () => (await parted.request("GET", "/readyz")).status, POLL).toBe(200);
    expect((await parted.request("GET", `${PATH}/before`)).status).toBe(404);
    await reflector.stop();
  });

  it("works on over a slow connection", async () => {
    for (const link of links()) link.slow(100);
    expect((await parted.request("POST", PATH, { metadata: { name: "slow" } })).status).toBe(201);
    expect((await other.request("PUT", `${PATH}/slow`, { metadata: { name: "slow" }, data: { a: "b" } })).status).toBe(
      200,
    );
    expect((await parted.request("GET", `${PATH}/slow`)).text).toContain('"a":"b"');
  });
});
