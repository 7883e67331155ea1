import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
const DEMO = "/api/v1/namespaces/demo";

interface Table {
  readonly columnDefinitions: readonly { name: string; type: string; format: string; priority: number }[];
  readonly rows: readonly { cells: readonly unknown[] }[];
}

describe("the kinds of the pack, served", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await create("/api/v1/namespaces", { kind: "Namespace", metadata: { name: "demo" } });
  });
  afterAll(() => server.stop());

  async function create(path: string, object: object): Promise<KubeObject> {
    const answer = await server.request(path, { method: "POST", body: { apiVersion: "v1", ...object } });
    expect(answer.text()).toContain('"uid"');
    expect(answer.status).toBe(201);
    return answer.json();
  }

  async function table(path: string): Promise<Table> {
    return (await server.request(path, { headers: TABLE })).json();
  }

  it("has the four namespaces from the start, active", async () => {
    const { rows } = await table("/api/v1/namespaces");
    const names = ["default", "demo", "kube-node-lease", "kube-public", "kube-system"];
    expect(rows.map(({ cells }) => cells)).toEqual(
      names.map((name) => [name, "Active", expect.stringMatching(/^\d+s$/)]),
    );
    const found = (await server.request("/api/v1/namespaces/kube-system")).json();
    expect(found).toMatchObject({
      metadata: { labels: { "kubernetes.io/metadata.name": "kube-system" } },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Active" },
    });
    expect(found).not.toHaveProperty("metadata.generation");
  });

  it("makes the tables of kubectl get cm, secret and ns with upstream's columns", async () => {
    await create(`${DEMO}/configmaps`, { kind: "ConfigMap", metadata: { name: "a" }, data: { x: "1", y: "2" } });
    await create(`${DEMO}/secrets`, { kind: "Secret", metadata: { name: "a" }, stringData: { x: "1" } });
    const of = async (path: string): Promise<string[]> =>
      (await table(path)).columnDefinitions.map(
        ({ name, type, format, priority }) => `${name} ${type} ${format} ${priority}`,
      );
    const name = "Name string name 0";
    expect(await of(`${DEMO}/configmaps`)).toEqual([name, "Data string  0", "Age string  0"]);
    expect(await of(`${DEMO}/secrets`)).toEqual([name, "Type string  0", "Data string  0", "Age string  0"]);
    expect(await of("/api/v1/namespaces")).toEqual([name, "Status string  0", "Age string  0"]);
    expect((await table(`${DEMO}/configmaps`)).rows[0]?.cells).toEqual(["a", 2, expect.stringMatching(/^\d+s$/)]);
    expect((await table(`${DEMO}/secrets`)).rows[0]?.cells).toEqual(["a", "Opaque", 1, expect.any(String)]);
  });

  it("makes the table of kubectl get events, without a column for the name in front", async () => {
    const involvedObject = { kind: "Pod", name: "web", namespace: "demo" };
    const lastTimestamp = new Date(Date.now() - 3_700_000).toISOString().replace(/\.\d+Z$/, "Z");
    const event = { kind: "Event", metadata: { name: "web.1" }, involvedObject, type: "Warning", reason: "Failed" };
    await create(`${DEMO}/events`, { ...event, source: { component: "kubelet" }, message: "no", lastTimestamp });
    const { columnDefinitions, rows } = await table(`${DEMO}/events`);
    expect(columnDefinitions.every(({ type }) => type === "string")).toBe(true);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ["61m", "Warning", "Failed", "pod/web", "", "kubelet", "no", "<unknown>", 1, "web.1"],
    ]);
    const selected = async (selector: string): Promise<number> => {
      const path = `${DEMO}/events?fieldSelector=${encodeURIComponent(selector)}`;
      return (await server.request(path)).json<{ items: unknown[] }>().items.length;
    };
    expect(await selected("involvedObject.name=web,type=Warning,source=kubelet")).toBe(1);
    expect(await selected("type!=Warning")).toBe(0);
  });

  it("answers what is wrong with a secret without its values", async () => {
    const hidden = "hunter2-very-secret";
    const post = (object: object) =>
      server.request(`${DEMO}/secrets`, { method: "POST", body: { apiVersion: "v1", kind: "Secret", ...object } });
    const metadata = { name: "bad" };
    const answers = await Promise.all([
      post({ metadata, data: { a: `${hidden}%` } }),
      post({ metadata, stringData: { "a/b": hidden } }),
      post({ metadata, type: "kubernetes.io/dockercfg", stringData: { ".dockercfg": hidden } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 422, 422]);
    for (const answer of answers) {
      expect(answer.text()).not.toContain(hidden);
      expect(answer.text()).not.toContain(Buffer.from(hidden).toString("base64").slice(0, 16));
    }
  });

  it("never gives stringData back", async () => {
    const made = await create(`${DEMO}/secrets`, { kind: "Secret", metadata: { name: "b" }, stringData: { x: "1" } });
    expect(made).toMatchObject({ data: { x: "MQ==" } });
    const patched = await server.request(`${DEMO}/secrets/b`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: '{"stringData":{"y":"2"}}',
    });
    expect(patched.json()).toMatchObject({ data: { x: "MQ==", y: "Mg==" } });
    expect(patched.text()).not.toContain("stringData");
  });

  it("freezes an immutable config map", async () => {
    await create(`${DEMO}/configmaps`, { kind: "ConfigMap", metadata: { name: "c" }, immutable: true });
    const body = { kind: "ConfigMap", apiVersion: "v1", metadata: { name: "c" }, data: { x: "1" } };
    const answer = await server.request(`${DEMO}/configmaps/c`, { method: "PUT", body });
    expect(answer.json()).toMatchObject({
      code: 422,
      message: expect.stringMatching(
        /^ConfigMap "c" is invalid: \[?immutable: Forbidden: field is immutable when `immutable` is set/,
      ),
    });
  });

  it("names a limit range that has no name", async () => {
    const { metadata } = await create(`${DEMO}/limitranges`, { kind: "LimitRange", spec: { limits: [] } });
    expect(metadata.name).toMatch(/^[0-9a-f-]{36}$/);
    expect((await server.request(`${DEMO}/limitranges/${metadata.name}`)).status).toBe(200);
  });

  it("has the priority classes of the system from the start, and keeps them", async () => {
    const path = "/apis/scheduling.k8s.io/v1/priorityclasses";
    expect((await table(path)).rows.map(({ cells }) => cells)).toEqual([
      ["system-cluster-critical", 2_000_000_000, false, expect.any(String), "PreemptLowerPriority"],
      ["system-node-critical", 2_000_001_000, false, expect.any(String), "PreemptLowerPriority"],
    ]);
    const answer = await server.request(`${path}/system-node-critical`, { method: "DELETE" });
    expect(answer.json()).toMatchObject({
      code: 403,
      message:
        'priorityclasses.scheduling.k8s.io "system-node-critical" is forbidden: ' +
        "this is a system priority class and cannot be deleted",
    });
  });
});

describe("events", () => {
  it("disappear when their time is up, as the option says", async () => {
    const server = await startTestServer({ config: { resources: [["kubernetes", { eventTtlSeconds: 1 }]] } });
    const path = "/api/v1/namespaces/default/events";
    const event = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "brief" },
      involvedObject: { kind: "Pod", namespace: "default" },
    };
    const made = await server.request(path, { method: "POST", body: event });
    expect(made.status).toBe(201);
    const { resourceVersion = "" } = made.json<KubeObject>().metadata;
    const watch = await server.request(`${path}?watch=1&resourceVersion=${resourceVersion}&timeoutSeconds=5`);
    expect(watch.text()).toMatch(/^{"type":"DELETED","object":{"kind":"Event",.*"name":"brief"/);
    expect((await server.request(`${path}/brief`)).status).toBe(404);
    await server.stop();
  });
});
