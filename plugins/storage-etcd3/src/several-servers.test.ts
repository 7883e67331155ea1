import type { Storage } from "@quarterdeck/sdk";
import { type Etcd, startEtcd } from "@quarterdeck/testing/etcd";
import { WatchProbe } from "@quarterdeck/testing/storage-contract";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Compactor } from "./compactor.js";
import { EtcdCluster } from "./etcd-cluster.js";
import { describeWithEtcd, lines, openOn, putSurely, quiet } from "./etcd3-storage.fixture.js";

async function increment(storage: Storage, key: string): Promise<void> {
  let { entry } = await storage.get(key);
  for (;;) {
    const value = Buffer.from(String(Number(entry?.value.toString() ?? "0") + 1));
    const result = await storage.commit([{ type: "put", key, value, expected: entry?.modRevision ?? 0 }]);
    if (result.committed) return;
    entry = result.current;
  }
}

describeWithEtcd("several servers on one etcd", () => {
  let etcd: Etcd;
  let storages: Storage[];

  beforeEach(async () => {
    etcd = await startEtcd();
    storages = await Promise.all([openOn(etcd), openOn(etcd), openOn(etcd)]);
  });

  afterEach(async () => {
    await Promise.all(storages.map((storage) => storage.close()));
    await etcd.stop();
  });

  it("all hear of all writes, in the same order", async () => {
    const watches = await Promise.all(storages.map((storage) => WatchProbe.start(storage, "/all/", 1)));
    const writer = async (storage: Storage, id: number): Promise<void> => {
      for (let round = 0; round < 30; round++) await putSurely(storage, `/all/${id}/${round % 3}`, String(round));
    };
    await Promise.all(storages.flatMap((storage, id) => [writer(storage, id), writer(storage, id + 10)]));
    const newest = await storages[0]?.currentRevision();
    await Promise.all(watches.map((watch) => watch.until(() => watch.revision >= (newest ?? 0))));
    const [first, ...others] = watches.map((watch) => lines(watch.events));
    expect(first?.length).toBe(180);
    for (const other of others) expect(other).toEqual(first);
  });

  it("20 writers lose nothing on one counter", async () => {
    const rounds = 10;
    const writer = async (_: unknown, id: number): Promise<void> => {
      const storage = storages[id % storages.length];
      for (let round = 0; round < rounds; round++) if (storage !== undefined) await increment(storage, "/counter");
    };
    await Promise.all(Array.from({ length: 20 }, writer));
    for (const storage of storages) {
      expect((await storage.get("/counter")).entry?.value.toString()).toBe(String(20 * rounds));
    }
  });

  it("read what another one has acknowledged", async () => {
    const [one, two] = storages;
    for (let round = 0; round < 20; round++) {
      const revision = one === undefined ? 0 : await putSurely(one, "/key", String(round));
      expect(await two?.currentRevision()).toBe(revision);
      expect((await two?.get("/key"))?.entry?.value.toString()).toBe(String(round));
    }
  });

  it("compact in turns, and to the revision of the last turn", async () => {
    const cluster = new EtcdCluster(etcd.endpoints, {}, 5000);
    const compacted: string[] = [];
    const [one, two] = ["one", "two"].map(
      (name) => new Compactor(cluster, quiet, (revision) => compacted.push(`${name} ${revision}`)),
    );
    const [storage] = storages;
    const turns: (boolean | undefined)[] = [];
    const marks: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      if (storage !== undefined) await putSurely(storage, "/key", String(turn));
      turns.push(await one?.run(), await two?.run());
      marks.push((await storage?.currentRevision()) ?? 0);
    }
    // The first turn of each only learns where it stands, and nobody compacts twice in one interval.
    expect(turns).toEqual([true, false, true, false, true, false, true, false]);
    expect(compacted).toEqual(marks.slice(0, 3).map((mark) => `one ${mark}`));
    cluster.close();
  });

  it("leave the key by which they agree out of the store", async () => {
    const cluster = new EtcdCluster(etcd.endpoints, {}, 5000);
    const [storage] = storages;
    if (storage === undefined) return;
    const watch = await WatchProbe.start(storage, "", 1);
    await putSurely(storage, "/a", "x");
    await new Compactor(cluster, quiet, () => {}).run();
    const last = await putSurely(storage, "/b", "x");
    await watch.until(() => watch.revision >= last);
    watch.close();
    expect(watch.events.map((event) => event.key)).toEqual(["/a", "/b"]);
    const all = await storage.range({ prefix: "" });
    expect(all.entries.map((entry) => entry.key)).toEqual(["/a", "/b"]);
    expect(all.count).toBe(2);
    cluster.close();
  });

  it("are kept apart by a prefix", async () => {
    const [left, right] = await Promise.all([openOn(etcd, { prefix: "/left" }), openOn(etcd, { prefix: "/right" })]);
    const watch = await WatchProbe.start(left, "/", await left.currentRevision());
    await putSurely(right, "/a", "right");
    const revision = await putSurely(left, "/a", "left");
    await watch.until(() => watch.revision >= revision);
    watch.close();
    expect(lines(watch.events)).toEqual([`${revision} put /a=left`]);
    expect((await left.range({ prefix: "/" })).count).toBe(1);
    expect((await right.get("/a")).entry?.value.toString()).toBe("right");
    expect((await storages[0]?.range({ prefix: "/" }))?.entries.map((entry) => entry.key)).toEqual([
      "/left/a",
      "/right/a",
    ]);
    await Promise.all([left.close(), right.close()]);
  });
});
