import { CompactedError, type Storage, StorageTimeoutError, StorageUnavailableError } from "@quarterdeck/sdk";
import { type Etcd, startEtcd, startProxy } from "@quarterdeck/testing/etcd";
import { WatchProbe } from "@quarterdeck/testing/storage-contract";
import { afterEach, expect, it } from "vitest";
import { describeWithEtcd, lines, openOn, persist, putSurely, wasAway } from "./etcd3-storage.fixture.js";

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function etcdOf(...options: Parameters<typeof startEtcd>): Promise<Etcd> {
  const etcd = await startEtcd(...options);
  cleanups.push(() => etcd.stop());
  return etcd;
}

async function storageOn(...options: Parameters<typeof openOn>): Promise<Storage> {
  const storage = await openOn(...options);
  cleanups.push(() => storage.close());
  return storage;
}

/** Writers that go on through anything; each knows which of its writes were acknowledged. */
function write(storage: Storage, writers: number): { stop(): Promise<readonly string[]> } {
  let running = true;
  const acknowledged: string[] = [];
  const writer = async (_: unknown, id: number): Promise<void> => {
    for (let round = 0; running; round++) {
      const key = `/w/${id}/${round}`;
      const result = await storage
        .commit([{ type: "put", key, value: Buffer.from("x"), expected: 0 }])
        .catch((error: unknown) => {
          if (!wasAway(error)) throw error;
        });
      if (result?.committed === true) acknowledged.push(`${result.revision} put ${key}=x`);
      else await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const all = Promise.all(Array.from({ length: writers }, writer));
  return {
    async stop() {
      running = false;
      await all;
      return acknowledged;
    },
  };
}

/** What a watch has told must be all that the store holds of its prefix, in order and once. */
async function expectComplete(storage: Storage, watch: WatchProbe, acknowledged: readonly string[]): Promise<void> {
  const newest = await persist(() => storage.currentRevision());
  await watch.until(() => watch.revision >= newest || watch.ended !== undefined);
  watch.close();
  expect(watch.ended).toBeUndefined();
  const told = lines(watch.events);
  const revisions = watch.events.map((event) => event.revision);
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  expect(new Set(told).size).toBe(told.length);
  const { entries } = await persist(() => storage.range({ prefix: "/w/" }));
  const held = entries.map(({ key, modRevision, value }) => `${modRevision} put ${key}=${value.toString()}`);
  expect([...told].sort()).toEqual(held.sort());
  expect(acknowledged.filter((line) => !told.includes(line))).toEqual([]);
}

async function acknowledgedMoreThan(watch: WatchProbe, count: number): Promise<void> {
  const seen = watch.events.length;
  await watch.until(() => watch.events.length > seen + count);
}

describeWithEtcd("the connection to etcd", () => {
  it("is resumed after kill -9, with nothing lost and nothing told twice", async () => {
    const etcd = await etcdOf();
    const storage = await storageOn(etcd);
    const watch = await WatchProbe.start(storage, "/w/", 1);
    const writers = write(storage, 8);
    for (let round = 0; round < 4; round++) {
      await acknowledgedMoreThan(watch, 40);
      await etcd.kill();
      await etcd.restart();
    }
    await acknowledgedMoreThan(watch, 40);
    await expectComplete(storage, watch, await writers.stop());
  });

  it("is resumed after it was cut, and history that was read meanwhile joins without a gap", async () => {
    const etcd = await etcdOf();
    const proxy = await startProxy(etcd.endpoints[0] ?? "");
    cleanups.push(() => proxy.stop());
    const storage = await storageOn({ endpoints: [proxy.endpoint] });
    const watch = await WatchProbe.start(storage, "/w/", 1);
    const direct = await storageOn(etcd);
    const writers = write(direct, 8);
    const late: WatchProbe[] = [];
    for (let round = 0; round < 5; round++) {
      await acknowledgedMoreThan(watch, 20);
      proxy.cut();
      const begun = persist(() => WatchProbe.start(storage, "/w/", 1));
      setTimeout(() => proxy.heal(), 30);
      late.push(await begun);
    }
    const acknowledged = await writers.stop();
    for (const one of [watch, ...late]) await expectComplete(storage, one, acknowledged);
  });

  it("answers with an error and does not hang while etcd is gone", async () => {
    const etcd = await etcdOf();
    const storage = await storageOn(etcd);
    await putSurely(storage, "/a", "x");
    await etcd.kill();
    const put = { type: "put", key: "/a", value: Buffer.from("y") } as const;
    await expect(storage.commit([put])).rejects.toSatisfy(StorageUnavailableError.is);
    await expect(storage.get("/a")).rejects.toSatisfy(StorageUnavailableError.is);
    await expect(storage.range({ prefix: "/" })).rejects.toSatisfy(StorageUnavailableError.is);
    await expect(storage.currentRevision()).rejects.toSatisfy(StorageUnavailableError.is);
    await etcd.restart();
    expect(await persist(async () => (await storage.get("/a")).entry?.value.toString())).toBe("x");
  });

  it("times out while etcd stands still, and goes on when it does", async () => {
    const etcd = await etcdOf();
    const storage = await storageOn(etcd, { requestTimeoutSeconds: 0.5 });
    const watch = await WatchProbe.start(storage, "/", 1);
    await putSurely(storage, "/a", "1");
    await etcd.members[0]?.pause();
    const put = { type: "put", key: "/a", value: Buffer.from("2"), expected: 99 } as const;
    await expect(storage.commit([put])).rejects.toSatisfy(StorageTimeoutError.is);
    await expect(storage.get("/a")).rejects.toSatisfy(wasAway);
    await expect(storage.currentRevision()).rejects.toSatisfy(wasAway);
    etcd.resume();
    const revision = await putSurely(storage, "/a", "3");
    await watch.until(() => watch.revision >= revision);
    watch.close();
    expect(watch.events.map((event) => event.value?.toString())).toEqual(["1", "3"]);
  });

  it("moves to another member when one is killed, stalls or is cut off from the others", async () => {
    const etcd = await etcdOf({ members: 3 });
    const proxies = await Promise.all(etcd.endpoints.map((endpoint) => startProxy(endpoint)));
    for (const proxy of proxies) cleanups.push(() => proxy.stop());
    const storage = await storageOn(
      { endpoints: proxies.map((proxy) => proxy.endpoint) },
      { requestTimeoutSeconds: 1.5 },
    );
    const watch = await WatchProbe.start(storage, "/w/", 1);
    const writers = write(storage, 4);
    await acknowledgedMoreThan(watch, 20);
    await etcd.members[0]?.kill();
    await acknowledgedMoreThan(watch, 20);
    await etcd.members[0]?.restart();
    proxies[1]?.stall();
    await acknowledgedMoreThan(watch, 20);
    proxies[1]?.heal();
    // Two are gone: the third has no leader and says so.
    await Promise.all([etcd.members[0]?.kill(), etcd.members[1]?.kill()]);
    await expect(
      (async () => {
        for (;;) await storage.currentRevision();
      })(),
    ).rejects.toSatisfy(wasAway);
    await etcd.members[0]?.restart();
    await acknowledgedMoreThan(watch, 20);
    await expectComplete(storage, watch, await writers.stop());
  });

  it("ends watches when the history they need is gone", async () => {
    const etcd = await etcdOf();
    const proxy = await startProxy(etcd.endpoints[0] ?? "");
    cleanups.push(() => proxy.stop());
    const storage = await storageOn({ endpoints: [proxy.endpoint] });
    const watch = await WatchProbe.start(storage, "/", await storage.currentRevision());
    await watch.until(() => true);
    proxy.cut();
    const direct = await storageOn(etcd);
    await putSurely(direct, "/a", "1");
    await putSurely(direct, "/a", "2");
    await direct.compact(await putSurely(direct, "/a", "3"));
    proxy.heal();
    await watch.until(() => watch.ended !== undefined);
    expect(watch.ended).toSatisfy(CompactedError.is);
    expect(watch.events).toEqual([]);
    const again = await WatchProbe.start(storage, "/", await persist(() => storage.currentRevision()));
    const revision = await putSurely(storage, "/a", "4");
    await again.until(() => again.revision >= revision);
    again.close();
    expect(lines(again.events)).toEqual([`${revision} put /a=4`]);
  });

  it("notices an etcd that was put in the place of the other", async () => {
    const etcd = await etcdOf();
    const storage = await storageOn(etcd);
    for (let round = 0; round < 5; round++) await putSurely(storage, "/a", String(round));
    const before = await storage.currentRevision();
    const watch = await WatchProbe.start(storage, "/", before);
    await etcd.restart({ empty: true });
    await watch.until(() => watch.ended !== undefined);
    expect(watch.ended?.message).toMatch(/went back from revision \d to 1/);
    expect(watch.events).toEqual([]);
    expect(await persist(() => storage.currentRevision())).toBe(1);
    const again = await WatchProbe.start(storage, "/", 1);
    await putSurely(storage, "/b", "x");
    await again.until(() => again.events.length > 0);
    again.close();
    expect(lines(again.events)).toEqual(["2 put /b=x"]);
  });
});
