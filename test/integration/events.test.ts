import type { KubeObject } from "@quarterdeck/meta";
import { readLines, startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const OLD = "/api/v1/namespaces/default/events";
const NEW = "/apis/events.k8s.io/v1/namespaces/default/events";
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };

interface Told {
  readonly type: string;
  readonly object: KubeObject;
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly storageVersionHash: string }[];
}

const OF_THE_NEW = {
  apiVersion: "events.k8s.io/v1",
  kind: "Event",
  metadata: { name: "new" },
  eventTime: "2026-01-01T00:00:00.123456Z",
  reportingController: "example.com/tester",
  reportingInstance: "tester-1",
  action: "Testing",
  reason: "Tested",
  regarding: { kind: "Pod", namespace: "default", name: "web" },
  note: "all is well",
  type: "Normal",
};

describe("events of the two groups", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
  });
  afterAll(() => server.stop());

  const post = (path: string, body: object) => server.request(path, { method: "POST", body });

  it("are the same objects, each group's in its own words", async () => {
    const watch = await server.open(`${OLD}?watch=1&resourceVersion=0&fieldSelector=metadata.name%3Dnew`);
    const made = await post(NEW, OF_THE_NEW);
    expect(made.status, made.text()).toBe(201);
    expect(made.json()).toMatchObject(OF_THE_NEW);
    const old = (await server.request(`${OLD}/new`)).json<KubeObject>();
    expect(old).toMatchObject({
      apiVersion: "v1",
      kind: "Event",
      involvedObject: { kind: "Pod", name: "web" },
      message: "all is well",
      reportingComponent: "example.com/tester",
      source: {},
      firstTimestamp: null,
      eventTime: OF_THE_NEW.eventTime,
    });
    expect(old).not.toHaveProperty("note");
    for await (const { type, object } of readLines<Told>(watch)) {
      expect([type, object]).toEqual(["ADDED", old]);
      break;
    }
    watch.close();
    const listed = (await server.request(`${NEW}?fieldSelector=regarding.name%3Dweb`)).json<{ items: KubeObject[] }>();
    expect(listed.items.map(({ metadata, note }) => [metadata.name, note])).toEqual([["new", "all is well"]]);
    expect((await server.request(`${OLD}/new`, { method: "DELETE" })).status).toBe(200);
    expect((await server.request(`${NEW}/new`)).status).toBe(404);
  });

  it("come by the older group too, and are printed alike", async () => {
    const involvedObject = { kind: "Pod", namespace: "default", name: "web" };
    const made = await post(OLD, {
      metadata: { name: "old" },
      involvedObject,
      reason: "Pulled",
      message: "done",
      source: { component: "kubelet", host: "node-1" },
      count: 3,
      type: "Normal",
    });
    expect(made.status, made.text()).toBe(201);
    expect((await server.request(`${NEW}/old`)).json()).toMatchObject({
      apiVersion: "events.k8s.io/v1",
      note: "done",
      deprecatedSource: { component: "kubelet", host: "node-1" },
      deprecatedCount: 3,
      eventTime: null,
    });
    const rows = await Promise.all(
      [OLD, NEW].map(async (path) => {
        const { rows } = (await server.request(path, { headers: TABLE })).json<{ rows: { cells: unknown[] }[] }>();
        return rows.map(({ cells }) => cells);
      }),
    );
    expect(rows[0]).toEqual(rows[1]);
    expect(rows[0]?.[0]?.slice(1, 7)).toEqual(["Normal", "Pulled", "pod/web", "", "kubelet, node-1", "done"]);
    const patched = await server.request(`${NEW}/old`, {
      method: "PATCH",
      headers: { "content-type": "application/strategic-merge-patch+json" },
      body: '{"metadata":{"labels":{"a":"b"}}}',
    });
    expect(patched.status, patched.text()).toBe(200);
    expect((await server.request(`${OLD}/old`)).json()).toMatchObject({ metadata: { labels: { a: "b" } }, count: 3 });
  });

  it("have stricter rules by the newer group", async () => {
    const { eventTime: _time, ...untimed } = OF_THE_NEW;
    const refused = await post(NEW, { ...untimed, type: "Odd", deprecatedCount: 1 });
    expect(refused.status).toBe(422);
    const { details } = refused.json<{ details: { causes: { field: string; message: string }[] } }>();
    expect(details.causes.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      "eventTime: Required value",
      'type: Invalid value: "": has invalid value: Odd',
      'count: Invalid value: "": needs to be unset',
    ]);
    const made = await post(NEW, { ...OF_THE_NEW, metadata: { name: "fixed" } });
    const changed = { ...made.json<KubeObject>(), note: "otherwise", series: { count: 1 } };
    const put = await server.request(`${NEW}/fixed`, { method: "PUT", body: changed });
    expect(put.json<{ details: { causes: { field: string }[] } }>().details.causes.map(({ field }) => field)).toEqual([
      "series.count",
      "series.lastObservedTime",
      "message",
    ]);
  });

  it("have one storage version", async () => {
    const hash = async (path: string): Promise<string | undefined> =>
      (await server.request(path)).json<ResourceList>().resources.find(({ name }) => name === "events")
        ?.storageVersionHash;
    expect(await hash("/apis/events.k8s.io/v1")).toBe("r2yiGXH7wu8=");
    expect(await hash("/api/v1")).toBe("r2yiGXH7wu8=");
  });
});
