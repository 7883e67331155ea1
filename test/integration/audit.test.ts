import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AuditEvent, Config } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const NAMESPACED = "/api/v1/namespaces/default";
const MAPS = `${NAMESPACED}/configmaps`;
const SECRETS = `${NAMESPACED}/secrets`;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-"));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

function auditOf(rules: readonly object[], mode = "blocking"): NonNullable<Config["audit"]> {
  return {
    policy: { apiVersion: "audit.k8s.io/v1", kind: "Policy", rules },
    sinks: [["log", { path: join(folder, "audit.log"), mode }]],
  };
}

async function start(rules: readonly object[], more: Config = {}): Promise<TestServer> {
  server = await startTestServer({ config: { ...more, audit: auditOf(rules) } });
  return server;
}

async function events(auditID?: string): Promise<readonly AuditEvent[]> {
  const text = await readFile(join(folder, "audit.log"), "utf8");
  const all = text
    .trimEnd()
    .split("\n")
    .filter((line) => line !== "")
    .map((line): AuditEvent => JSON.parse(line));
  return auditID === undefined ? all : all.filter((event) => event.auditID === auditID);
}

/** The last event of a request, which may come a moment after its answer. */
async function concluded(auditID: string): Promise<AuditEvent> {
  return vi.waitFor(async () => {
    const found = (await events(auditID)).find(({ stage }) => stage === "ResponseComplete" || stage === "Panic");
    if (found === undefined) throw new Error(`${auditID} has not been concluded`);
    return found;
  }, 10_000);
}

const map = (name: string, data: object = {}) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data });
const id = (name: string) => ({ "audit-id": name });

describe("the audit of a server", () => {
  it("echoes the id of the caller, or makes one, on every answer", async () => {
    const running = await start([{ level: "None" }]);
    expect((await running.request("/version", { headers: id("me") })).headers["audit-id"]).toBe("me");
    const paths = ["/nothing", MAPS, "/readyz", `${MAPS}/none`];
    for (const path of paths) expect((await running.request(path)).headers["audit-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect((await running.request(MAPS, { as: { token: "bad" } })).headers["audit-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await events()).toEqual([]);
  });

  it("tells of a GET in two events, with all that upstream tells", async () => {
    const running = await start([{ level: "Metadata" }]);
    const headers = { ...id("a-get"), "x-forwarded-for": "10.1.1.1", "user-agent": "me/1" };
    await running.request(`${MAPS}?limit=1&resourceVersion=0`, { headers });
    await concluded("a-get");
    const common = {
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      level: "Metadata",
      auditID: "a-get",
      requestURI: `${MAPS}?limit=1&resourceVersion=0`,
      verb: "list",
      user: {
        username: "kubernetes-admin",
        groups: ["system:masters", "system:authenticated"],
        extra: expect.anything(),
      },
      sourceIPs: ["10.1.1.1", "127.0.0.1"],
      userAgent: "me/1",
      objectRef: { resource: "configmaps", namespace: "default", apiVersion: "v1" },
      requestReceivedTimestamp: TIME,
      stageTimestamp: TIME,
    };
    const [received, complete, ...more] = await events("a-get");
    expect(more).toEqual([]);
    expect({ ...received, user: { extra: {}, ...received?.user } }).toEqual({ ...common, stage: "RequestReceived" });
    expect({ ...complete, user: { extra: {}, ...complete?.user } }).toEqual({
      ...common,
      stage: "ResponseComplete",
      responseStatus: { metadata: {}, code: 200 },
      annotations: { "authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": expect.any(String) },
    });
  });

  it("tells the objects of writes at the level that the rules say", async () => {
    const running = await start([
      { level: "Request", verbs: ["create", "delete"], omitStages: ["RequestReceived"] },
      {
        level: "RequestResponse",
        verbs: ["patch", "get", "list"],
        omitManagedFields: true,
        omitStages: ["RequestReceived"],
      },
    ]);
    await running.request(MAPS, { method: "POST", headers: id("create"), body: map("a", { k: "v" }) });
    const patch = { method: "PATCH", headers: { ...id("patch"), "content-type": "application/merge-patch+json" } };
    await running.request(`${MAPS}/a`, { ...patch, body: { data: { k: "w" } } });
    await running.request(`${MAPS}/a`, { headers: id("get") });
    await running.request(MAPS, { headers: id("list") });
    await running.request(MAPS, {
      headers: { ...id("table"), accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
    });
    const options = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0 };
    await running.request(`${MAPS}/a`, { method: "DELETE", headers: id("delete"), body: options });

    const create = await concluded("create");
    expect(create.requestObject).toMatchObject(map("a", { k: "v" }));
    expect(create).not.toHaveProperty("responseObject");
    expect(create.objectRef).toEqual({ resource: "configmaps", namespace: "default", name: "a", apiVersion: "v1" });
    expect(create.responseStatus).toEqual({ metadata: {}, code: 201 });
    const patched = await concluded("patch");
    expect(patched.requestObject).toEqual({ data: { k: "w" } });
    expect(patched.responseObject).toMatchObject(map("a", { k: "w" }));
    expect(JSON.stringify(patched)).not.toContain("managedFields");
    expect((await concluded("get")).responseObject).toMatchObject(map("a", { k: "w" }));
    expect((await concluded("list")).responseObject).toMatchObject({
      kind: "ConfigMapList",
      items: [{ data: { k: "w" } }],
    });
    expect((await concluded("table")).responseObject).toMatchObject({
      kind: "Table",
      rows: [{ cells: ["a", expect.anything(), expect.anything()] }],
    });
    const deleted = await concluded("delete");
    expect(deleted.requestObject).toEqual(options);
    expect(deleted.responseStatus).toMatchObject({
      status: "Success",
      details: { name: "a", kind: "configmaps" },
      code: 200,
    });
  });

  it("tells why something failed", async () => {
    const running = await start([{ level: "Metadata", omitStages: ["RequestReceived"] }]);
    await running.request(`${MAPS}/none`, { headers: id("missing") });
    expect((await concluded("missing")).responseStatus).toEqual({
      metadata: {},
      status: "Failure",
      message: 'configmaps "none" not found',
      reason: "NotFound",
      details: { name: "none", kind: "configmaps" },
      code: 404,
    });
    const as = await running.certificateOf("ann");
    await running.request(MAPS, { headers: id("forbidden"), as });
    const forbidden = await concluded("forbidden");
    expect(forbidden.responseStatus).toMatchObject({ reason: "Forbidden", code: 403 });
    expect(forbidden.annotations).toMatchObject({ "authorization.k8s.io/decision": "forbid" });
  });

  it("tells of callers whom nobody knows, and what they tried", async () => {
    const running = await start([{ level: "Metadata" }], { authentication: ["client-certificate"] });
    const secret = "do-not-tell-this-token";
    expect((await running.request(MAPS, { as: { token: secret }, headers: id("refused") })).status).toBe(401);
    await running.request(MAPS, { as: "anonymous", headers: id("nobody") });
    const found = await vi.waitFor(async () => {
      const both = [...(await events("refused")), ...(await events("nobody"))];
      expect(both).toHaveLength(2);
      return both;
    }, 10_000);
    expect(found[0]).toMatchObject({
      stage: "ResponseStarted",
      user: {},
      verb: "list",
      responseStatus: {
        metadata: {},
        status: "Failure",
        message: "Authentication failed, attempted: bearer",
        reason: "Unauthorized",
        code: 401,
      },
    });
    expect(found[1]?.responseStatus).toMatchObject({ message: "Authentication failed, no credentials provided" });
    expect(await readFile(join(folder, "audit.log"), "utf8")).not.toContain(secret);
  });

  it("tells who acts as whom", async () => {
    const running = await start([{ level: "Metadata" }]);
    const headers = { ...id("as"), "impersonate-user": "bob", "impersonate-group": "devs" };
    await running.request(MAPS, { headers });
    const event = await concluded("as");
    expect(event.user.username).toBe("kubernetes-admin");
    expect(event.impersonatedUser).toMatchObject({ username: "bob", groups: expect.arrayContaining(["devs"]) });
  });

  it("tells when a watch begins and when it ends, and none of what it sends", async () => {
    const running = await start([{ level: "RequestResponse" }]);
    const watch = await running.open(`${MAPS}?watch=1`, { headers: id("watch") });
    expect(watch.status).toBe(200);
    await vi.waitFor(
      async () => expect((await events("watch")).map(({ stage }) => stage)).toContain("ResponseStarted"),
      10_000,
    );
    expect((await events("watch")).map(({ stage }) => stage)).not.toContain("ResponseComplete");
    watch.close();
    const event = await concluded("watch");
    expect(event).toMatchObject({ verb: "watch", responseStatus: { code: 200 } });
    expect(event).not.toHaveProperty("responseObject");
  });

  it("keeps secrets out of events below level Request, and headers out of all", async () => {
    const running = await start([
      { level: "Metadata", resources: [{ resources: ["secrets"] }] },
      { level: "RequestResponse" },
    ]);
    const value = Buffer.from("very secret").toString("base64");
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { key: value } };
    const headers = { ...id("secret"), authorization: "Basic ZG86bm90dGVsbA==", "x-remote-user": "nobody-must-see" };
    await running.request(SECRETS, { method: "POST", headers, body: secret });
    await running.request(`${SECRETS}/s`, { headers: id("read") });
    await running.request(MAPS, { headers: { ...id("maps"), authorization: "Basic ZG86bm90dGVsbA==" } });
    for (const one of ["secret", "read", "maps"]) await concluded(one);
    const text = await readFile(join(folder, "audit.log"), "utf8");
    for (const told of [value, "very secret", "ZG86bm90dGVsbA", "nobody-must-see"]) expect(text).not.toContain(told);
  });

  it("takes what a changed config says, and keeps the policy that is in force when that is bad", async () => {
    const running = await start([{ level: "None" }]);
    await running.request(MAPS, { headers: id("before") });
    await running.reload({ audit: auditOf([{ level: "Metadata" }]) });
    await running.request(MAPS, { headers: id("after") });
    await concluded("after");
    expect(await events("before")).toEqual([]);
    await expect(running.reload({ audit: auditOf([{ level: "Meta" }]) })).rejects.toThrow(
      "must be one of None, Metadata, Request, RequestResponse",
    );
    await running.request(MAPS, { headers: id("still") });
    await concluded("still");
  });

  it("marks requests for deprecated versions", async () => {
    const resources = [resolve("docs/examples/rollout/src/index.ts")];
    const running = await startTestServer({ config: { audit: auditOf([{ level: "Metadata" }]) }, resources });
    server = running;
    await running.request("/apis/delivery.example.com/v1beta1/rollouts", { headers: id("old") });
    expect((await concluded("old")).annotations).toMatchObject({ "k8s.io/deprecated": "true" });
    await running.request("/apis/delivery.example.com/v1/rollouts", { headers: id("new") });
    expect((await concluded("new")).annotations).not.toHaveProperty(["k8s.io/deprecated"]);
  });

  it("follows the file of its policy", async () => {
    const file = join(folder, "policy.yaml");
    const policy = (level: string): string => `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: ${level}\n`;
    await writeFile(file, policy("None"));
    const running = await startTestServer({
      config: { audit: { policy: file, sinks: [["log", { path: join(folder, "audit.log") }]] } },
    });
    server = running;
    const replace = async (text: string): Promise<void> => {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    };
    const logged = (text: string) =>
      vi.waitFor(() => expect(running.logs.map(({ message }) => message)).toContain(text), { timeout: 10_000 });
    await replace(policy("Metadata"));
    await logged("the changed audit policy is in force");
    await running.request(MAPS, { headers: id("told") });
    await concluded("told");
    await replace(policy("Everything"));
    await logged("the changed audit policy is not taken, the one in force stays");
    await running.request(MAPS, { headers: id("again") });
    await concluded("again");
  });

  it("delivers what waits in a batch when the server stops", async () => {
    const config = { audit: auditOf([{ level: "Metadata" }], "batch") };
    server = await startTestServer({ config });
    await server.request(MAPS, { headers: id("last") });
    await server.stop();
    server = undefined;
    expect((await events("last")).map(({ stage }) => stage)).toEqual(["RequestReceived", "ResponseComplete"]);
  });

  it("fails requests with a strict sink that fails", async () => {
    const sinks: NonNullable<Config["audit"]>["sinks"] = [["log", { path: "/dev/full", mode: "blocking-strict" }]];
    const running = await startTestServer({ config: { audit: { ...auditOf([{ level: "Metadata" }]), sinks } } });
    server = running;
    const answer = await running.request(MAPS, { method: "POST", body: map("never") });
    expect(answer.status).toBe(500);
    expect(answer.text()).toContain("failed to store audit event");
    const metrics = await running.request("/metrics");
    expect(metrics.status).toBe(500);
    await running.reload({});
    expect((await running.request(`${MAPS}/never`)).status).toBe(404);
    const text = (await running.request("/metrics")).text();
    expect(text).toContain("apiserver_audit_requests_rejected_total 2");
    expect(text).toContain('apiserver_audit_error_total{plugin="log"} 2');
  });
});
