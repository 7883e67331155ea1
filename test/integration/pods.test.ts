import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeMessage } from "../../plugins/resources-kubernetes/src/facts/native-message.js";
import { create, namesOf, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const PODS = "/api/v1/namespaces/default/pods";
const MERGE = { "content-type": "application/merge-patch+json" };
const STRATEGIC = { "content-type": "application/strategic-merge-patch+json" };
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

function pod(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, ...metadata },
    spec: { containers: [{ name: "web", image: "nginx" }], ...spec },
  };
}

function statusOf(object: KubeObject): { phase?: string; conditions?: { type: string; status: string }[] } {
  return Object(object.status);
}

describe("pods", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const get = async (path: string) => objectOf(await server.request(path));
  const post = (path: string, body: object) => server.request(path, { method: "POST", body });
  const patch = (path: string, body: object, headers = MERGE) =>
    server.request(path, { method: "PATCH", headers, body });

  function bind(name: string, node = "n1", metadata: object = {}, query = "") {
    const body = { apiVersion: "v1", kind: "Binding", metadata: { name, ...metadata }, target: { name: node } };
    return post(`${PODS}/${name}/binding${query}`, body);
  }

  it("are made as kube-apiserver makes them", async () => {
    const made = await create(server, PODS, pod("minimal"));
    const { managedFields, ...metadata } = made.metadata;
    expect(managedFields).toHaveLength(1);
    expect({ ...made, metadata }).toEqual({
      kind: "Pod",
      apiVersion: "v1",
      metadata: {
        name: "minimal",
        namespace: "default",
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        generation: 1,
        creationTimestamp: TIME,
      },
      spec: {
        containers: [
          {
            name: "web",
            image: "nginx",
            resources: {},
            terminationMessagePath: "/dev/termination-log",
            terminationMessagePolicy: "File",
            imagePullPolicy: "Always",
          },
        ],
        restartPolicy: "Always",
        terminationGracePeriodSeconds: 30,
        dnsPolicy: "ClusterFirst",
        securityContext: {},
        schedulerName: "default-scheduler",
        enableServiceLinks: true,
      },
      status: { phase: "Pending", qosClass: "BestEffort" },
    });
    expect((await server.request(`${PODS}/minimal`)).json()).toEqual(made);
  });

  it("have a status of their own", async () => {
    await create(server, PODS, pod("stated"));
    const body = { status: { phase: "Running", podIP: "10.1.2.3", conditions: [{ type: "Ready", status: "True" }] } };
    const stated = objectOf(await patch(`${PODS}/stated/status`, body));
    expect(stated.status).toMatchObject({ phase: "Running", podIPs: [{ ip: "10.1.2.3" }], qosClass: "BestEffort" });
    expect(stated.metadata.generation).toBe(1);
    const untouched = objectOf(await patch(`${PODS}/stated`, { status: { phase: "Failed" } }));
    expect(statusOf(untouched).phase).toBe("Running");
    const noted = {
      metadata: { annotations: { seen: "yes" }, generation: 9, uid: stated.metadata.uid },
      spec: { nodeName: "no" },
    };
    const { metadata, spec } = objectOf(await patch(`${PODS}/stated/status`, noted));
    expect(metadata).toMatchObject({ annotations: { seen: "yes" }, generation: 1 });
    expect(Object(spec).nodeName).toBeUndefined();
    expect(JSON.stringify(metadata.managedFields?.filter(({ subresource }) => subresource === "status"))).toContain(
      '"f:seen"',
    );
    const wrong = await server.request(`${PODS}/stated/status`, {
      method: "PATCH",
      headers: MERGE,
      body: { metadata: { labels: { "a b": "c" } } },
    });
    expect(wrong.json()).toMatchObject({ code: 422, details: { causes: [{ field: "metadata.labels" }] } });
    const of = async (selector: string) =>
      namesOf(await server.request(`${PODS}?fieldSelector=${encodeURIComponent(selector)}`));
    expect(await of("status.phase=Running,spec.hostNetwork=false")).toEqual(["stated"]);
    expect(await of("status.podIP=10.1.2.3")).toEqual(["stated"]);
  });

  it("are given a node by a binding, once", async () => {
    await create(server, PODS, pod("bound"));
    const success = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };
    const done = await bind("bound", "n1", { annotations: { by: "scheduler" }, labels: { zone: "a" } });
    expect([done.status, done.json()]).toEqual([201, success]);
    const bound = await get(`${PODS}/bound`);
    expect(bound).toMatchObject({
      metadata: { generation: 1, annotations: { by: "scheduler" }, labels: { zone: "a" } },
      spec: { nodeName: "n1" },
      status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "True", lastTransitionTime: TIME }] },
    });
    const again = 'Operation cannot be fulfilled on pods/binding "bound": pod bound is already assigned to node "n1"';
    expectFailure(await bind("bound", "n2"), 409, "Conflict", again, { name: "bound", kind: "pods/binding" });
    expect(namesOf(await server.request(`${PODS}?fieldSelector=spec.nodeName%3Dn1`))).toEqual(["bound"]);
  });

  it("are given none while they are gated, on a dry run, or by a binding of another", async () => {
    const made = await create(server, PODS, pod("gated", { schedulingGates: [{ name: "example.com/wait" }] }));
    expect(statusOf(made).conditions).toMatchObject([{ type: "PodScheduled", reason: "SchedulingGated" }]);
    const gated =
      'Operation cannot be fulfilled on pods/binding "gated": pod gated has non-empty .spec.schedulingGates';
    expectFailure(await bind("gated"), 409, "Conflict", gated, { name: "gated", kind: "pods/binding" });
    const { uid } = (await create(server, PODS, pod("unbound"))).metadata;
    expect((await bind("unbound", "n1", {}, "?dryRun=All")).status).toBe(201);
    expect(await bind("unbound", "n1", { uid: "other" })).toMatchObject({ status: 409 });
    expect(await bind("unbound", "n1", { uid, resourceVersion: "1" })).toMatchObject({ status: 409 });
    const other = await post(`${PODS}/unbound/binding`, { metadata: { name: "other" }, target: { name: "n1" } });
    expectFailure(other, 400, "BadRequest", "name in URL does not match name in Binding object");
    const nameless = await post(`${PODS}/unbound/binding`, { metadata: { name: "unbound" }, target: { kind: "Pod" } });
    expect(nameless.status).toBe(500);
    expect(nameless.json()).toMatchObject({
      message:
        '[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]',
    });
    expect(Object(await get(`${PODS}/unbound`)).spec.nodeName).toBeUndefined();
    expect((await bind("nowhere")).status).toBe(404);
  });

  it("are bound by the older way too", async () => {
    await create(server, PODS, pod("old-way"));
    const body = { apiVersion: "v1", kind: "Binding", metadata: { name: "old-way" }, target: { name: "n1" } };
    const done = await post("/api/v1/namespaces/default/bindings", body);
    expect([done.status, done.json()]).toEqual([201, expect.objectContaining({ status: "Success", code: 201 })]);
    expect(await get(`${PODS}/old-way`)).toMatchObject({ spec: { nodeName: "n1" } });
    const again = await post("/api/v1/namespaces/default/bindings", body);
    expect(again.status).toBe(409);
  });

  it("are bound and evicted in protobuf too", async () => {
    await create(server, PODS, pod("proto"));
    await create(server, PODS, pod("proto-old-way"));
    const send = (path: string, message: string, body: KubeObject) => {
      const headers = { "content-type": "application/vnd.kubernetes.protobuf" };
      return server.request(path, {
        method: "POST",
        headers,
        body: Buffer.from(sealObject(nativeMessage(message), body)),
      });
    };
    const binding = (name: string) => ({
      apiVersion: "v1",
      kind: "Binding",
      metadata: { name, annotations: { by: "scheduler" } },
      target: { kind: "Node", name: "n1" },
    });
    expect((await send(`${PODS}/proto/binding`, "core/v1.Binding", binding("proto"))).status).toBe(201);
    const old = await send("/api/v1/namespaces/default/bindings", "core/v1.Binding", binding("proto-old-way"));
    expect(old.status).toBe(201);
    for (const [name, version] of [
      ["proto", "v1"],
      ["proto-old-way", "v1beta1"],
    ] as const) {
      expect(await get(`${PODS}/${name}`)).toMatchObject({
        metadata: { annotations: { by: "scheduler" } },
        spec: { nodeName: "n1" },
      });
      const deleteOptions = { gracePeriodSeconds: 0 };
      const eviction = { apiVersion: `policy/${version}`, kind: "Eviction", metadata: { name }, deleteOptions };
      const evicted = await send(`${PODS}/${name}/eviction`, "policy/v1.Eviction", eviction);
      expect(evicted.status).toBe(201);
      expect((await server.request(`${PODS}/${name}`)).status).toBe(404);
    }
  });

  it("are resized, and looked into by ephemeral containers", async () => {
    const containers = [{ name: "web", image: "nginx", resources: { requests: { cpu: "1" } } }];
    await create(server, PODS, pod("resized", { containers }));
    const resize = { spec: { containers: [{ name: "web", image: "other", resources: { requests: { cpu: "2" } } }] } };
    const resized = objectOf(await patch(`${PODS}/resized/resize`, resize, STRATEGIC));
    expect(resized).toMatchObject({
      metadata: { generation: 2 },
      spec: { containers: [{ image: "nginx", resources: { requests: { cpu: "2" } } }] },
    });
    const debug = { spec: { ephemeralContainers: [{ name: "debug", image: "busybox" }], nodeName: "elsewhere" } };
    const debugged = objectOf(await patch(`${PODS}/resized/ephemeralcontainers`, debug, STRATEGIC));
    expect(debugged).toMatchObject({
      metadata: { generation: 3 },
      spec: { ephemeralContainers: [{ name: "debug", imagePullPolicy: "Always", terminationMessagePolicy: "File" }] },
    });
    expect(Object(debugged.spec).nodeName).toBeUndefined();
  });

  it("go at once without a node, and have their time to end on one", async () => {
    const remove = (name: string, body: object = {}) =>
      server.request(`${PODS}/${name}`, {
        method: "DELETE",
        body: { kind: "DeleteOptions", apiVersion: "v1", ...body },
      });
    await create(server, PODS, pod("nowhere-yet"));
    expect(objectOf(await remove("nowhere-yet"))).toMatchObject({ kind: "Pod", metadata: { name: "nowhere-yet" } });
    expect((await server.request(`${PODS}/nowhere-yet`)).status).toBe(404);
    await create(server, PODS, pod("placed", { terminationGracePeriodSeconds: 45 }));
    await bind("placed");
    expect(objectOf(await remove("placed")).metadata).toMatchObject({ deletionGracePeriodSeconds: 45 });
    expect((await bind("placed", "n2")).json()).toMatchObject({
      message:
        'Operation cannot be fulfilled on pods/binding "placed": pod placed is being deleted, cannot be assigned to a host',
    });
    expect(objectOf(await remove("placed", { gracePeriodSeconds: 5 })).metadata).toMatchObject({
      deletionGracePeriodSeconds: 5,
    });
    await remove("placed", { gracePeriodSeconds: 0 });
    expect((await server.request(`${PODS}/placed`)).status).toBe(404);
  });

  it("are a table to kubectl", async () => {
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const table = await server.request(`${PODS}/bound`, { headers: { accept } });
    const { columnDefinitions, rows } = table.json<{
      columnDefinitions: { name: string }[];
      rows: { cells: unknown[] }[];
    }>();
    expect(columnDefinitions.map(({ name }) => name)).toEqual([
      "Name",
      "Ready",
      "Status",
      "Restarts",
      "Age",
      "IP",
      "Node",
      "Nominated Node",
      "Readiness Gates",
    ]);
    const age = expect.stringMatching(/^\d+s$/);
    expect(rows[0]?.cells).toEqual(["bound", "0/1", "Pending", "0", age, "<none>", "n1", "<none>", "<none>"]);
  });

  it("have the subresources of upstream", async () => {
    const { resources } = (await server.request("/api/v1")).json<{
      resources: { name: string; kind: string; verbs: string[]; group?: string; version?: string }[];
    }>();
    const rows = resources.filter(({ name }) => name.startsWith("pods/") || name === "bindings");
    expect(rows.map(({ name, kind, verbs, group = "", version = "" }) => [name, kind, verbs, group, version])).toEqual([
      ["bindings", "Binding", ["create"], "", ""],
      ["pods/attach", "PodAttachOptions", ["create", "get"], "", ""],
      ["pods/binding", "Binding", ["create"], "", ""],
      ["pods/ephemeralcontainers", "Pod", ["get", "patch", "update"], "", ""],
      ["pods/eviction", "Eviction", ["create"], "policy", "v1"],
      ["pods/exec", "PodExecOptions", ["create", "get"], "", ""],
      ["pods/log", "Pod", ["get"], "", ""],
      ["pods/portforward", "PodPortForwardOptions", ["create", "get"], "", ""],
      ["pods/proxy", "PodProxyOptions", ["create", "delete", "get", "patch", "update"], "", ""],
      ["pods/resize", "Pod", ["get", "patch", "update"], "", ""],
      ["pods/status", "Pod", ["get", "patch", "update"], "", ""],
    ]);
  });
});
