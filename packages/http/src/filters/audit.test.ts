import { StatusError } from "@quarterdeck/meta";
import type { AuditEvent, AuditRecord, AuditSink } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeContext, sentText } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { AuditPipeline } from "../audit/audit-pipeline.js";
import { readAuditPolicy } from "../audit/read-audit-policy.js";
import { MetricRegistry } from "../metrics/metric-registry.js";
import type { ServerContext } from "../request/server-context.js";
import { Audit } from "./audit.js";
import { AuditInit } from "./audit-init.js";

class Kept implements AuditSink {
  readonly events: AuditEvent[] = [];
  strict = false;
  write(records: readonly AuditRecord[]): void | Promise<void> {
    for (const { event } of records) this.events.push(event);
  }
}

class Broken extends Kept {
  override write(): Promise<void> {
    return Promise.reject(new Error("disk full"));
  }
}

interface Run {
  readonly events: readonly AuditEvent[];
  readonly context: ServerContext;
  readonly metrics: MetricRegistry;
  readonly error: unknown;
}

const ann = { name: "ann", uid: "7", groups: ["devs"], extra: { "a.example.com": ["<b>"] } };

async function run(
  rule: object,
  request: FakeRequest,
  work: (context: ServerContext) => void | Promise<void>,
  sink = new Kept(),
): Promise<Run> {
  const metrics = new MetricRegistry();
  const pipeline = new AuditPipeline([{ name: "kept", sink }], metrics, new SilentLogger());
  pipeline.policy = readAuditPolicy({
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    rules: [{ level: "Metadata", ...rule }],
  });
  const context = fakeContext(request);
  context.state.user = ann;
  context.state.longRunning = context.state.requestInfo.verb === "watch";
  let error: unknown;
  await new AuditInit(pipeline)
    .handle(context, () => new Audit(pipeline).handle(context, async () => work(context)))
    .catch((caught: unknown) => {
      error = caught;
    });
  return { events: sink.events, context, metrics, error };
}

const CONFIG_MAP = "/api/v1/namespaces/team/configmaps/a?dryRun=All";

describe("audit", () => {
  it("tells of a request when it comes and when it is answered", async () => {
    const { events } = await run(
      {},
      { url: CONFIG_MAP, headers: { "audit-id": "me", "user-agent": "k&c" } },
      (context) => {
        context.state.audit.annotate("z", "1");
        context.state.audit.annotate("a", "first");
        context.state.audit.annotate("a", "second");
        context.res.writeHead(200).end();
      },
    );
    const common = {
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      level: "Metadata",
      auditID: "me",
      requestURI: CONFIG_MAP,
      verb: "get",
      user: { username: "ann", uid: "7", groups: ["devs"], extra: { "a.example.com": ["<b>"] } },
      userAgent: "k&c",
      objectRef: { resource: "configmaps", namespace: "team", name: "a", apiVersion: "v1" },
      requestReceivedTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    };
    expect(events).toEqual([
      { ...common, stage: "RequestReceived", stageTimestamp: events[0]?.requestReceivedTimestamp },
      {
        ...common,
        stage: "ResponseComplete",
        stageTimestamp: expect.any(String),
        responseStatus: { metadata: {}, code: 200 },
        annotations: { a: "first", z: "1" },
      },
    ]);
    const [, complete] = events;
    expect(complete?.requestReceivedTimestamp).toBe(events[0]?.requestReceivedTimestamp);
    expect(Object.keys(complete?.annotations ?? {})).toEqual(["a", "z"]);
  });

  it("writes members in the order of upstream and escapes them as Go does", async () => {
    const lines: string[] = [];
    const sink = new Kept();
    sink.write = (records) => void lines.push(...records.map(({ json }) => json));
    await run({ omitStages: ["RequestReceived"] }, { url: "/version?a=1&b=2" }, ({ res }) => void res.end(), sink);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"requestURI":"/version?a=1\\u0026b=2"');
    expect(lines[0]).toContain('"extra":{"a.example.com":["\\u003cb\\u003e"]}');
    expect(Object.keys(JSON.parse(lines[0] ?? ""))).toEqual([
      "kind",
      "apiVersion",
      "level",
      "auditID",
      "stage",
      "requestURI",
      "verb",
      "user",
      "responseStatus",
      "requestReceivedTimestamp",
      "stageTimestamp",
    ]);
  });

  it("tells why a request was refused by a filter behind it", async () => {
    const refusal = StatusError.forbidden({ group: "", resource: "configmaps" }, "a", "because");
    const { events, error } = await run({}, { url: CONFIG_MAP }, () => Promise.reject(refusal));
    expect(error).toBe(refusal);
    expect(events[1]).toMatchObject({
      stage: "ResponseComplete",
      responseStatus: {
        metadata: {},
        status: "Failure",
        message: 'configmaps "a" is forbidden: because',
        reason: "Forbidden",
        details: { name: "a", kind: "configmaps" },
        code: 403,
      },
    });
  });

  it("tells of a panic", async () => {
    const { events, error } = await run({}, { url: CONFIG_MAP }, () => Promise.reject(new TypeError("oops")));
    expect(error).toBeInstanceOf(TypeError);
    expect(events.map(({ stage }) => stage)).toEqual(["RequestReceived", "Panic"]);
    expect(events[1]?.responseStatus).toEqual({
      metadata: {},
      status: "Failure",
      message: "APIServer panic'd: oops",
      reason: "InternalError",
      code: 500,
    });
  });

  it("tells when the answer of a watch begins and when it ends, and of one that is refused as well", async () => {
    const url = "/api/v1/configmaps?watch=1";
    const watch = await run({}, { url }, ({ res, state }) => {
      res.writeHead(200);
      void state.audit.started(200);
      res.end();
    });
    const stages = ["RequestReceived", "ResponseStarted", "ResponseComplete"];
    expect(watch.events.map(({ stage }) => stage)).toEqual(stages);
    const refused = await run({}, { url }, () => Promise.reject(StatusError.badRequest("no")));
    expect(refused.events.map(({ stage }) => stage)).toEqual(stages);
    expect(refused.events[1]).toMatchObject({ responseStatus: { code: 400, message: "no" } });
  });

  it("tells who is impersonated, why, and who did it", async () => {
    const { events } = await run({}, { url: CONFIG_MAP }, ({ state, res }) => {
      state.impersonator = state.user;
      state.user = { name: "bob", groups: ["ops"] };
      state.impersonationConstraint = "impersonate:user-info";
      res.end();
    });
    expect(events[0]).not.toHaveProperty("impersonatedUser");
    expect(events[1]).toMatchObject({
      user: { username: "ann" },
      impersonatedUser: { username: "bob", groups: ["ops"] },
      authenticationMetadata: { impersonationConstraint: "impersonate:user-info" },
    });
  });

  it.each([
    ["Metadata", undefined],
    ["Request", { metadata: { name: "a", uid: "u", managedFields: [1] }, data: { k: "v" } }],
  ])("at level %s the object of a request is %j", async (level, requestObject) => {
    const { events } = await run(
      { level },
      { method: "POST", url: "/api/v1/namespaces/team/configmaps" },
      ({ state, res }) => {
        const object = { metadata: { name: "a", uid: "u", managedFields: [1] }, data: { k: "v" } };
        state.audit.requestObject(object);
        object.data.k = "changed later";
        state.audit.responseObject('{"kind":"ConfigMap"}');
        res.end();
      },
    );
    expect(events[1]?.requestObject).toEqual(requestObject);
    expect(events[1]).not.toHaveProperty("responseObject");
    expect(events[1]?.objectRef).toMatchObject({ name: "a", uid: "u", namespace: "team" });
  });

  it("tells both objects at level RequestResponse, without managed fields where the policy says so", async () => {
    const rule = { level: "RequestResponse", omitManagedFields: true };
    const { events } = await run(rule, { url: CONFIG_MAP }, ({ state, res }) => {
      const metadata = { name: "a", managedFields: [] };
      state.audit.requestObject({ metadata });
      const list = { metadata: { resourceVersion: "1" }, items: [{ metadata }], rows: [{ object: { metadata } }] };
      state.audit.responseObject(JSON.stringify(list));
      res.end();
    });
    expect(events[1]?.requestObject).toEqual({ metadata: { name: "a" } });
    expect(events[1]?.responseObject).toEqual({
      metadata: { resourceVersion: "1" },
      items: [{ metadata: { name: "a" } }],
      rows: [{ object: { metadata: { name: "a" } } }],
    });
  });

  it.each([
    ['{"a":1}', { a: 1 }],
    ["a: 1", "a: 1"],
  ])("tells patch %s", async (patch, told) => {
    const { events } = await run({ level: "Request" }, { method: "PATCH", url: CONFIG_MAP }, ({ state, res }) => {
      state.audit.requestPatch(Buffer.from(patch));
      res.end();
    });
    expect(events[1]?.requestObject).toEqual(told);
  });

  it("tells nothing at level None, and keeps no annotations", async () => {
    const { events, metrics } = await run({ level: "None" }, { url: CONFIG_MAP }, ({ state, res }) => {
      state.audit.annotate("a", "b");
      res.end();
    });
    expect(events).toEqual([]);
    expect(await metrics.render()).toContain('apiserver_audit_level_total{level="None"} 1');
  });

  it("goes on when a sink fails, and counts it", async () => {
    const { context, metrics, error } = await run({}, { url: CONFIG_MAP }, ({ res }) => void res.end(), new Broken());
    expect(error).toBeUndefined();
    expect(context.res.statusCode).toBe(200);
    const text = await metrics.render();
    expect(text).toContain('apiserver_audit_error_total{plugin="kept"} 2');
    expect(text).toContain("apiserver_audit_event_total 2");
  });

  it("answers 500 instead when the sink is strict", async () => {
    const sink = new Broken();
    sink.strict = true;
    const { context, metrics } = await run({}, { url: CONFIG_MAP }, () => expect.unreachable(), sink);
    expect(sentText(context)).toContain("HTTP/1.1 500");
    expect(sentText(context)).toContain("failed to store audit event");
    expect(await metrics.render()).toContain("apiserver_audit_requests_rejected_total 1");
  });

  it("waits for a blocking sink before the request goes on", async () => {
    const order: string[] = [];
    const sink = new Kept();
    sink.write = async ([record]) => {
      await new Promise(setImmediate);
      order.push(record?.event.stage ?? "");
    };
    await run({}, { url: CONFIG_MAP }, () => void order.push("work"), sink);
    expect(order).toEqual(["RequestReceived", "work", "ResponseComplete"]);
  });
});
