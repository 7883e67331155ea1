import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, listOf, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";
import { MACHINES, Machine, machine } from "./support/machine.js";
import { WatchReader } from "./support/watch-reader.js";

const MERGE = { "content-type": "application/merge-patch+json" };

/** Seconds since 1970. */
function seconds(time: string | undefined): number {
  return Date.parse(time ?? "") / 1000;
}

describe("DELETE of a kind that is deleted gracefully, as pods are", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ resources: [Machine] });
  });
  afterAll(() => server.stop());

  function remove(path: string, body?: unknown) {
    return server.request(path, { method: "DELETE", ...(body === undefined ? {} : { body }) });
  }

  function merge(path: string, body: unknown) {
    return server.request(path, { method: "PATCH", headers: MERGE, body });
  }

  it("marks, waits, and ends by a delete with grace period 0; watchers see each step", async () => {
    const path = `${MACHINES}/a`;
    const made = await create(server, MACHINES, machine("a"));
    const watch = await WatchReader.open(
      server,
      `${MACHINES}?watch=1&resourceVersion=${made.metadata.resourceVersion}`,
    );
    const before = Math.floor(Date.now() / 1000);
    const marked = objectOf(await remove(path)).metadata;
    expect(marked).toMatchObject({ uid: made.metadata.uid, deletionGracePeriodSeconds: 30, generation: 2 });
    const late = seconds(marked.deletionTimestamp) - before - 30;
    expect(late).toBeGreaterThanOrEqual(0);
    expect((await server.request(path)).status).toBe(200);
    const again = await server.request(MACHINES, { method: "POST", body: machine("a") });
    expect(again.json()).toMatchObject({
      code: 409,
      message: 'object is being deleted: machines.example.com "a" already exists',
    });
    const last = objectOf(await remove(path, { gracePeriodSeconds: 0 })).metadata;
    expect(last).toMatchObject({ uid: made.metadata.uid, deletionGracePeriodSeconds: 0, generation: 2 });
    expect((await server.request(path)).status).toBe(404);
    const events = [await watch.next(), await watch.next(), await watch.next()];
    expect(events.map(({ type, object }) => [type, object.metadata.deletionGracePeriodSeconds])).toEqual([
      ["MODIFIED", 30],
      ["MODIFIED", 0],
      ["DELETED", 0],
    ]);
    expect(events[2]?.object.metadata.resourceVersion).toBe(last.resourceVersion);
    watch.close();
  });

  it("goes at once when it runs nowhere, or has ended", async () => {
    await create(server, MACHINES, { metadata: { name: "idle" } });
    expect((await remove(`${MACHINES}/idle?gracePeriodSeconds=60`)).status).toBe(200);
    expect((await server.request(`${MACHINES}/idle`)).status).toBe(404);
    await create(server, MACHINES, machine("ended"));
    objectOf(await merge(`${MACHINES}/ended/status`, { status: { phase: "Ended" } }));
    await remove(`${MACHINES}/ended`);
    expect((await server.request(`${MACHINES}/ended`)).status).toBe(404);
  });

  it("reads -1 as 1, and lets a second delete only shorten", async () => {
    const path = `${MACHINES}/short`;
    await create(server, MACHINES, machine("short"));
    const first = objectOf(await remove(`${path}?gracePeriodSeconds=100`)).metadata;
    expect(first.deletionGracePeriodSeconds).toBe(100);
    expect(objectOf(await remove(`${path}?gracePeriodSeconds=200`)).metadata).toEqual(first);
    const second = objectOf(await remove(`${path}?gracePeriodSeconds=-1`)).metadata;
    expect(second.deletionGracePeriodSeconds).toBe(1);
    expect(seconds(first.deletionTimestamp) - seconds(second.deletionTimestamp)).toBeGreaterThanOrEqual(90);
  });

  it("answers 202 to orphanDependents=false while the object stays", async () => {
    await create(server, MACHINES, machine("accepted"));
    expect((await remove(`${MACHINES}/accepted?orphanDependents=false`)).status).toBe(202);
    expect((await remove(`${MACHINES}/accepted?orphanDependents=false`)).status).toBe(202);
    expect((await remove(`${MACHINES}/accepted?orphanDependents=false&gracePeriodSeconds=0`)).status).toBe(200);
  });

  it("keeps the object for its finalizers after its grace, and for its grace after its finalizers", async () => {
    for (const graceFirst of [true, false]) {
      const path = `${MACHINES}/both`;
      await create(server, MACHINES, machine("both", { finalizers: ["example.com/a"] }));
      await remove(path);
      const end = () => remove(path, { gracePeriodSeconds: 0 });
      const free = () => merge(path, { metadata: { finalizers: [] } });
      expect((await (graceFirst ? end() : free())).status).toBe(200);
      expect((await server.request(path)).status).toBe(200);
      expect((await (graceFirst ? free() : end())).status).toBe(200);
      expect((await server.request(path)).status).toBe(404);
    }
  });

  it("does not let a PUT change the marks", async () => {
    const path = `${MACHINES}/marks`;
    await create(server, MACHINES, machine("marks"));
    const marked = objectOf(await remove(path));
    const { deletionTimestamp, deletionGracePeriodSeconds, ...bare } = marked.metadata;
    const body = { ...marked, metadata: bare, spec: { host: "b" } };
    const put = objectOf(await server.request(path, { method: "PUT", body }));
    expect(put.metadata).toMatchObject({ deletionTimestamp, deletionGracePeriodSeconds, generation: 3 });
    const message = "Invalid value: 5: field is immutable";
    expectFailure(
      await merge(path, { metadata: { deletionGracePeriodSeconds: 5 } }),
      422,
      "Invalid",
      `Machine.example.com "marks" is invalid: metadata.deletionGracePeriodSeconds: ${message}`,
      {
        name: "marks",
        group: "example.com",
        kind: "Machine",
        causes: [{ reason: "FieldValueInvalid", message, field: "metadata.deletionGracePeriodSeconds" }],
      },
    );
  });

  it("marks the objects of a collection, each with its own grace", async () => {
    await create(server, MACHINES, {
      metadata: { name: "l1", labels: { c: "1" } },
      spec: { host: "a", graceSeconds: 7 },
    });
    await create(server, MACHINES, {
      metadata: { name: "l2", labels: { c: "1" } },
      spec: { host: "a", graceSeconds: 9 },
    });
    await create(server, MACHINES, { metadata: { name: "l3", labels: { c: "1" } } });
    const listed = listOf(await remove(`${MACHINES}?labelSelector=c%3D1`));
    expect(listed.items.map(({ metadata }) => [metadata.name, metadata.deletionTimestamp])).toEqual([
      ["l1", undefined],
      ["l2", undefined],
      ["l3", undefined],
    ]);
    const { items } = listOf(await server.request(`${MACHINES}?labelSelector=c%3D1`));
    expect(items.map(({ metadata }) => [metadata.name, metadata.deletionGracePeriodSeconds])).toEqual([
      ["l1", 7],
      ["l2", 9],
    ]);
  });

  it("stores nothing on a dry run", async () => {
    const path = `${MACHINES}/dry`;
    const made = await create(server, MACHINES, machine("dry"));
    expect(objectOf(await remove(`${path}?dryRun=All`)).metadata.deletionGracePeriodSeconds).toBe(30);
    expect(objectOf(await remove(path, { dryRun: ["All"], gracePeriodSeconds: 0 })).metadata.uid).toBe(
      made.metadata.uid,
    );
    expect(objectOf(await server.request(path))).toEqual(made);
  });
});

describe("DELETE of native kinds", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({});
  });
  afterAll(() => server.stop());

  it("answers with the service account that is gone, under the revision of its end", async () => {
    const accounts = "/api/v1/namespaces/default/serviceaccounts";
    const made = await create(server, accounts, { metadata: { name: "gone" } });
    const { resourceVersion, ...rest } = objectOf(
      await server.request(`${accounts}/gone`, { method: "DELETE" }),
    ).metadata;
    expect({ ...rest, resourceVersion: made.metadata.resourceVersion }).toEqual(made.metadata);
    expect(Number(resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion));
  });

  it("sets no finalizer on events, which have no dependents", async () => {
    const events = "/api/v1/namespaces/default/events";
    const involvedObject = { kind: "ConfigMap", namespace: "default", name: "x" };
    await create(server, events, { metadata: { name: "e" }, involvedObject });
    const response = await server.request(`${events}/e?propagationPolicy=Foreground`, { method: "DELETE" });
    expect(response.json()).toMatchObject({ kind: "Status", status: "Success" });
    expect((await server.request(`${events}/e`)).status).toBe(404);
  });
});
