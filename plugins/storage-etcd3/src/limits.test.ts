import { type StorageOperation, ValueTooLargeError } from "@quarterdeck/sdk";
import { type Etcd, startEtcd } from "@quarterdeck/testing/etcd";
import { WatchProbe } from "@quarterdeck/testing/storage-contract";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EtcdCluster } from "./etcd-cluster.js";
import { describeWithEtcd, openOn, putSurely } from "./etcd3-storage.fixture.js";
import type { Etcd3Storage } from "./etcd3-storage.js";

describeWithEtcd("the limits of etcd", () => {
  let etcd: Etcd;
  let storage: Etcd3Storage;

  beforeEach(async () => {
    etcd = await startEtcd();
    storage = await openOn(etcd);
  });

  afterEach(async () => {
    await storage.close();
    await etcd.stop();
  });

  it("a value that etcd does not take is refused as one that the storage does not take", async () => {
    const operation = (bytes: number): StorageOperation => ({ type: "put", key: "/a", value: Buffer.alloc(bytes) });
    await expect(storage.commit([operation(storage.maxValueBytes + 1)])).rejects.toSatisfy(ValueTooLargeError.is);
    const refused = storage.commit([operation(storage.maxValueBytes)]);
    await expect(refused).rejects.toSatisfy(ValueTooLargeError.is);
    await expect(refused).rejects.toThrow(/--max-request-bytes/);
    await storage.commit([operation(storage.maxValueBytes - 1024)]);
  });

  it("a commit of too many operations is refused with the flag to change", async () => {
    const operations = (count: number): StorageOperation[] =>
      Array.from({ length: count }, (_, index) => ({ type: "put", key: `/${index}`, value: Buffer.from("x") }));
    await expect(storage.commit(operations(129))).rejects.toThrow(/--max-txn-ops/);
    expect((await storage.range({ prefix: "/" })).count).toBe(0);
    expect((await storage.commit(operations(128))).committed).toBe(true);
  });

  it("a revision that etcd tells in several parts is one batch", async () => {
    const watch = await WatchProbe.start(storage, "/f/", 1);
    const value = Buffer.alloc(100_000, 7);
    const keys = Array.from({ length: 12 }, (_, index) => `/f/${String(index).padStart(2, "0")}`);
    // Each event carries what the key held before as well, so that together they are more than one response holds.
    for (let round = 0; round < 2; round++) {
      await storage.commit(keys.map((key) => ({ type: "put", key, value })));
    }
    await watch.until(() => watch.events.length >= 24);
    watch.close();
    expect(watch.batches.filter((batch) => batch.events.length > 0).map((batch) => batch.events.length)).toEqual([
      12, 12,
    ]);
    const replayed = await WatchProbe.start(storage, "/f/", 1);
    await replayed.until(() => replayed.events.length >= 24);
    replayed.close();
    expect(replayed.events.map((event) => event.revision)).toEqual(watch.events.map((event) => event.revision));
  });

  it("a range of more than one page is read at one revision", async () => {
    const count = 4500;
    for (let from = 0; from < count; from += 100) {
      await storage.commit(
        Array.from({ length: 100 }, (_, index) => ({
          type: "put",
          key: `/r/${String(from + index).padStart(5, "0")}`,
          value: Buffer.from("x"),
        })),
      );
    }
    let running = true;
    const writing = (async () => {
      for (let round = 0; running; round++) await putSurely(storage, `/r/${round % 5}x`, String(round));
    })();
    const page = await storage.range({ prefix: "/r/0" });
    const limited = await storage.range({ prefix: "/r/0", limit: 3000 });
    running = false;
    await writing;
    for (const { entries, revision } of [page, limited]) {
      expect(entries.every((entry) => entry.modRevision <= revision)).toBe(true);
      const keys = entries.map((entry) => entry.key);
      expect(keys).toEqual([...keys].sort());
    }
    expect(page.entries.filter((entry) => !entry.key.endsWith("x")).length).toBe(count);
    expect(page.entries.length).toBe(page.count);
    expect(page.more).toBe(false);
    expect(limited.entries.length).toBe(3000);
    expect(limited.more).toBe(true);
    expect(limited.count).toBe((await storage.range({ prefix: "/r/0", limit: 1, revision: limited.revision })).count);
  });

  it("keys that end at about the same time share a lease", async () => {
    const cluster = new EtcdCluster(etcd.endpoints, {}, 5000);
    const leases = async () => (await cluster.member.lease.leaseLeases()).leases.length;
    const put = (key: string, ttlSeconds: number): StorageOperation => ({
      type: "put",
      key,
      value: Buffer.from("x"),
      ttlSeconds,
    });
    await Promise.all(Array.from({ length: 50 }, (_, index) => storage.commit([put(`/h/${index}`, 3600)])));
    expect(await leases()).toBe(1);
    // Two keys of so short a life cannot share one without one of them living too long.
    await storage.commit([put("/s/1", 10)]);
    await storage.commit([put("/s/2", 10)]);
    expect(await leases()).toBe(3);
    const { entries } = await storage.range({ prefix: "/h/", expiry: true });
    const ends = entries.map((entry) => Math.round(((entry.expiresAt ?? 0) - Date.now()) / 1000));
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(3600);
    expect(Math.max(...ends)).toBeLessThanOrEqual(3660);
    cluster.close();
  });

  it("a lease that was revoked behind the storage's back is replaced", async () => {
    const cluster = new EtcdCluster(etcd.endpoints, {}, 5000);
    const put = (key: string): StorageOperation => ({ type: "put", key, value: Buffer.from("x"), ttlSeconds: 3600 });
    await storage.commit([put("/one")]);
    const { leases } = await cluster.member.lease.leaseLeases();
    for (const { ID } of leases) await cluster.member.lease.leaseRevoke({ ID });
    expect((await storage.commit([put("/two")])).committed).toBe(true);
    expect((await storage.range({ prefix: "/" })).entries.map((entry) => entry.key)).toEqual(["/two"]);
    cluster.close();
  });
});
