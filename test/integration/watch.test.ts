import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, listOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { WatchReader } from "./support/watch-reader.js";

const MERGE = { "content-type": "application/merge-patch+json" };

function patchOf(server: TestServer): (path: string, body: object) => Promise<unknown> {
  return async (path, body) => objectOf(await server.request(path, { method: "PATCH", headers: MERGE, body }));
}

describe("watch", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  async function newMaps(name: string): Promise<string> {
    return `${await createNamespace(server, name)}/configmaps`;
  }

  async function revisionOf(path: string): Promise<string> {
    return listOf(await server.request(path)).metadata.resourceVersion ?? "";
  }

  function patch(path: string, body: object): Promise<unknown> {
    return patchOf(server)(path, body);
  }

  it.each([1, 2] as const)("sends one event a line over HTTP/%i", async (http) => {
    const maps = await newMaps(`lines-${http}`);
    const watch = await WatchReader.open(server, `${maps}?watch=1&resourceVersion=${await revisionOf(maps)}`, { http });
    expect(watch.response.status).toBe(200);
    expect(watch.response.headers["content-type"]).toBe("application/json");
    expect(watch.response.headers["cache-control"]).toBe("no-cache, private");
    if (http === 1) expect(watch.response.headers["transfer-encoding"]).toBe("chunked");
    const created = await create(server, maps, { metadata: { name: "a" }, data: { x: "1" } });
    await patch(`${maps}/a`, { data: { x: "2" } });
    const patched = objectOf(await server.request(`${maps}/a`));
    await server.request(`${maps}/a`, { method: "DELETE" });
    expect(await watch.next()).toEqual({ type: "ADDED", object: created });
    expect(await watch.next()).toEqual({ type: "MODIFIED", object: patched });
    const deleted = await watch.next();
    expect(deleted).toMatchObject({ type: "DELETED", object: { kind: "ConfigMap", metadata: { name: "a" } } });
    expect(Number(deleted.object.metadata.resourceVersion)).toBeGreaterThan(Number(patched.metadata.resourceVersion));
    watch.close();
  });

  it.each(["", "&resourceVersion=0"])("starts with what is there already when asked for%s", async (query) => {
    const maps = await newMaps(`start${query === "" ? "" : "-0"}`);
    await create(server, maps, { metadata: { name: "b" } });
    await create(server, maps, { metadata: { name: "a" } });
    const watch = await WatchReader.open(server, `${maps}?watch=true${query}`);
    expect((await watch.take(2)).sort()).toEqual(["ADDED a", "ADDED b"]);
    await create(server, maps, { metadata: { name: "c" } });
    expect(await watch.take(1)).toEqual(["ADDED c"]);
    watch.close();
  });

  it("goes on from a revision with all that came after it", async () => {
    const maps = await newMaps("from");
    const first = await create(server, maps, { metadata: { name: "a" } });
    await patch(`${maps}/a`, { data: { x: "1" } });
    await create(server, maps, { metadata: { name: "b" } });
    await server.request(`${maps}/a`, { method: "DELETE" });
    const watch = await WatchReader.open(server, `${maps}?watch=1&resourceVersion=${first.metadata.resourceVersion}`);
    expect(await watch.take(3)).toEqual(["MODIFIED a", "ADDED b", "DELETED a"]);
    watch.close();
  });

  it("says nothing of other namespaces", async () => {
    const [mine, other] = [await newMaps("mine"), await newMaps("other")];
    const watch = await WatchReader.open(server, `${mine}?watch=1`);
    await create(server, other, { metadata: { name: "x" } });
    await create(server, mine, { metadata: { name: "y" } });
    expect(await watch.take(1)).toEqual(["ADDED y"]);
    watch.close();
  });

  it("turns a change of labels into the coming and going of an object", async () => {
    const maps = await newMaps("selector");
    const watch = await WatchReader.open(server, `${maps}?watch=1&labelSelector=app%3Dweb`);
    await create(server, maps, { metadata: { name: "a" } });
    await patch(`${maps}/a`, { metadata: { labels: { app: "web" } } });
    await patch(`${maps}/a`, { data: { x: "1" } });
    await patch(`${maps}/a`, { metadata: { labels: { app: "db" } } });
    const left = objectOf(await server.request(`${maps}/a`));
    await patch(`${maps}/a`, { data: { x: "2" } });
    await patch(`${maps}/a`, { metadata: { labels: { app: "web" } } });
    await server.request(`${maps}/a`, { method: "DELETE" });
    expect(await watch.take(2)).toEqual(["ADDED a", "MODIFIED a"]);
    const gone = await watch.next();
    // The object as it was when it still matched, at the revision of the change.
    expect(gone).toMatchObject({ type: "DELETED", object: { metadata: { labels: { app: "web" } } } });
    expect(gone.object.metadata.resourceVersion).toBe(left.metadata.resourceVersion);
    expect(await watch.take(2)).toEqual(["ADDED a", "DELETED a"]);
    watch.close();
  });

  it("watches one object by a field selector, and by the fields of a resource", async () => {
    const maps = await newMaps("field");
    const one = await WatchReader.open(server, `${maps}?watch=1&fieldSelector=metadata.name%3Db`);
    for (const name of ["a", "b", "c"]) await create(server, maps, { metadata: { name } });
    expect(await one.take(1)).toEqual(["ADDED b"]);
    one.close();
    const rollouts = rolloutsOf("field");
    const two = await WatchReader.open(server, `${rollouts}?watch=1&fieldSelector=spec.image%3Dweb:2`);
    await create(server, rollouts, rollout("r"));
    await patch(`${rollouts}/r`, { spec: { image: "web:2" } });
    await patch(`${rollouts}/r`, { spec: { image: "web:3" } });
    expect(await two.take(2)).toEqual(["ADDED r", "DELETED r"]);
    two.close();
  });

  it("sends initial events and the bookmark that ends them", async () => {
    const maps = await newMaps("initial");
    await create(server, maps, { metadata: { name: "a" } });
    const query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    const watch = await WatchReader.open(server, `${maps}?${query}`);
    expect(await watch.take(1)).toEqual(["ADDED a"]);
    const revision = await revisionOf(maps);
    expect(await watch.next()).toEqual({
      type: "BOOKMARK",
      object: {
        kind: "ConfigMap",
        apiVersion: "v1",
        metadata: { resourceVersion: revision, annotations: { "k8s.io/initial-events-end": "true" } },
      },
    });
    await create(server, maps, { metadata: { name: "b" } });
    expect(await watch.take(1)).toEqual(["ADDED b"]);
    watch.close();
  });

  it("ends after timeoutSeconds, with a bookmark for those who want them", async () => {
    const maps = await newMaps("timeout");
    const plain = await WatchReader.open(server, `${maps}?watch=1&timeoutSeconds=1`);
    const marked = await WatchReader.open(server, `${maps}?watch=1&timeoutSeconds=1&allowWatchBookmarks=1`);
    expect(await plain.rest()).toEqual([]);
    const events = await marked.rest();
    expect(events).toEqual([
      {
        type: "BOOKMARK",
        object: { kind: "ConfigMap", apiVersion: "v1", metadata: { resourceVersion: expect.stringMatching(/^\d+$/) } },
      },
    ]);
  });

  it("is served at the legacy path too, for a collection and for one object", async () => {
    const maps = await newMaps("legacy");
    const collection = await WatchReader.open(server, "/api/v1/watch/namespaces/legacy/configmaps");
    const one = await WatchReader.open(server, "/api/v1/watch/namespaces/legacy/configmaps/b");
    for (const name of ["a", "b"]) await create(server, maps, { metadata: { name } });
    expect(await collection.take(2)).toEqual(["ADDED a", "ADDED b"]);
    expect(await one.take(1)).toEqual(["ADDED b"]);
    collection.close();
    one.close();
    const all = await WatchReader.open(server, "/api/v1/watch/configmaps?resourceVersion=0");
    expect((await all.next()).type).toBe("ADDED");
    all.close();
  });

  it("waits for a revision that has not come yet", async () => {
    const maps = await newMaps("future");
    const revision = Number(await revisionOf(maps));
    const watch = await WatchReader.open(server, `${maps}?watch=1&resourceVersion=${revision + 1}`);
    await create(server, maps, { metadata: { name: "skipped" } });
    await create(server, maps, { metadata: { name: "seen" } });
    expect(await watch.take(1)).toEqual(["ADDED seen"]);
    watch.close();
  });

  it("sends tables with columns in the first event alone, and metadata alone", async () => {
    const maps = await newMaps("views");
    await create(server, maps, { metadata: { name: "a" }, data: { x: "1" } });
    await create(server, maps, { metadata: { name: "b" } });
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const table = await WatchReader.open(server, `${maps}?watch=1`, { headers: { accept } });
    const [first, second] = [await table.next(), await table.next()];
    expect(first).toMatchObject({
      type: "ADDED",
      object: {
        kind: "Table",
        apiVersion: "meta.k8s.io/v1",
        columnDefinitions: [{ name: "Name" }, { name: "Data" }, { name: "Age" }],
        rows: [{ cells: ["a", 1, expect.any(String)], object: { kind: "PartialObjectMetadata" } }],
      },
    });
    expect(second.object.columnDefinitions).toBeNull();
    table.close();
    const partial = await WatchReader.open(server, `${maps}?watch=1`, {
      headers: { accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" },
    });
    const { object } = await partial.next();
    expect(object).toMatchObject({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" });
    expect(object).not.toHaveProperty("data");
    partial.close();
  });

  it("has no YAML", async () => {
    const response = await server.request("/api/v1/configmaps?watch=1", { headers: { accept: "application/yaml" } });
    expect(response.status).toBe(406);
    expect(response.text()).toContain("NotAcceptable");
  });

  it.each([
    [
      "sendInitialEvents=true",
      "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
      "FieldValueForbidden",
    ],
    [
      "resourceVersionMatch=NotOlderThan",
      "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
      "FieldValueForbidden",
    ],
  ])("refuses %s", async (query, message, reason) => {
    const response = await server.request(`/api/v1/configmaps?watch=1&${query}`);
    expectFailure(response, 422, "Invalid", `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${message}`, {
      group: "meta.k8s.io",
      kind: "ListOptions",
      causes: [{ reason, message, field: "resourceVersionMatch" }],
    });
  });

  it("ends cleanly for everybody when the server stops", async () => {
    const other = await startExampleServer();
    const watches = await Promise.all([
      WatchReader.open(other, "/api/v1/namespaces/default/configmaps?watch=1", { http: 1 }),
      WatchReader.open(other, "/api/v1/namespaces/default/configmaps?watch=1", { http: 2 }),
    ]);
    const rests = Promise.all(watches.map((watch) => watch.rest()));
    await other.stop();
    expect(await rests).toEqual([[], []]);
  });
});

describe("a revision that compaction has passed", () => {
  it("is 410 Expired for a list, and one ERROR event for a watch", async () => {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-compaction-"));
    const config = { storage: ["level", { path: folder, compactionSeconds: 1 }] } as const;
    const maps = "/api/v1/namespaces/default/configmaps";
    const before = await startExampleServer(config);
    const { metadata } = await create(before, maps, { metadata: { name: "a" } });
    await patchOf(before)(`${maps}/a`, { data: { x: "1" } });
    await before.stop();
    // The events of before are not in the memory of the new server, which has to ask its store.
    const server = await startExampleServer(config);
    const old = `resourceVersion=${metadata.resourceVersion}`;
    let list = await server.request(`${maps}?${old}&resourceVersionMatch=Exact`);
    for (let write = 0; list.status === 200; write++) {
      await patchOf(server)(`${maps}/a`, { data: { x: `${write}` } });
      await new Promise((resolve) => setTimeout(resolve, 100));
      list = await server.request(`${maps}?${old}&resourceVersionMatch=Exact`);
    }
    const message = "The resourceVersion for the provided list is too old.";
    expectFailure(list, 410, "Expired", message);
    const watch = await WatchReader.open(server, `${maps}?watch=1&${old}`);
    expect(watch.response.status).toBe(200);
    expect(await watch.rest()).toEqual([
      {
        type: "ERROR",
        object: {
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: expect.stringMatching(
            new RegExp(`^too old resource version: ${metadata.resourceVersion} [(][0-9]+[)]$`),
          ),
          reason: "Expired",
          code: 410,
        },
      },
    ]);
    await server.stop();
    await rm(folder, { recursive: true });
  });
});
