import { MetricRegistry, StorageMetrics } from "@quarterdeck/http";
import { MemoryStorage } from "@quarterdeck/storage-memory";
import { beforeEach, describe, expect, it } from "vitest";
import { MeasuredStorage } from "./measured-storage.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const value = Buffer.from("{}");

describe("MeasuredStorage", () => {
  let registry: MetricRegistry;
  let storage: MeasuredStorage;

  beforeEach(async () => {
    registry = new MetricRegistry();
    const memory = new MemoryStorage({ compactionSeconds: 0, maxValueBytes: 100 }, logger);
    storage = new MeasuredStorage(memory, new StorageMetrics(registry), { group: "apps", resource: "webs" });
    await storage.open();
  });

  it("is what it measures", async () => {
    expect(storage.embedded).toBe(true);
    expect(storage.maxValueBytes).toBe(100);
    const put = await storage.commit([{ type: "put", key: "/a", value, expected: 0 }]);
    expect(put.committed).toBe(true);
    const { entry, revision } = await storage.get("/a");
    expect(entry).toMatchObject({ key: "/a", value, modRevision: put.revision });
    expect(await storage.currentRevision()).toBe(revision);
    expect((await storage.versions("/a")).versions).toHaveLength(1);
  });

  it("counts each call by what it does, and failures beside", async () => {
    await storage.commit([{ type: "put", key: "/a", value, expected: 0 }]);
    await storage.commit([{ type: "put", key: "/a", value, expected: 0 }]);
    await storage.commit([{ type: "put", key: "/a", value }]);
    await storage.commit([
      { type: "put", key: "/b", value },
      { type: "check", key: "/c", expected: 0 },
    ]);
    await storage.commit([{ type: "delete", key: "/a" }]);
    await storage.range({ prefix: "/" });
    const watch = await storage.watch({ prefix: "/", after: 1, onBatch() {}, onEnd() {} });
    watch.close();
    await expect(storage.compact(1000)).rejects.toThrow();
    const text = await registry.render();
    const counts = [
      ...text.matchAll(/^etcd_requests_total\{operation="(\w+)",group="apps",resource="webs"\} (\d+)$/gm),
    ];
    expect(Object.fromEntries(counts.map(([, operation = "", count]) => [operation, Number(count)]))).toEqual({
      create: 2,
      update: 1,
      txn: 1,
      delete: 1,
      list: 1,
      watch: 1,
      compact: 1,
    });
    expect(text).toContain('etcd_request_errors_total{operation="compact",group="apps",resource="webs"} 1\n');
    expect(text).toContain('etcd_request_errors_total{operation="create",group="apps",resource="webs"} 0\n');
    expect(text).toContain('etcd_request_duration_seconds_count{operation="create",group="apps",resource="webs"} 2\n');
  });
});
