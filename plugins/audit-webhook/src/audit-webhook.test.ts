import { auditEvent, auditRecord } from "@quarterdeck/testing/audit-contract";
import { CountedMetrics, FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { startWebhook, type TestWebhook } from "@quarterdeck/testing/webhook";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuditWebhook } from "./audit-webhook.js";
import { Throttle } from "./throttle.js";
import { truncated } from "./truncated.js";
import { AuditWebhookOptions } from "./webhook-options.js";

const DEFAULTS = {
  mode: "batch" as const,
  timeoutSeconds: 5,
  attempts: 5,
  initialBackoffSeconds: 0.005,
  batchBufferSize: 10_000,
  batchMaxSize: 400,
  batchMaxWaitSeconds: 0.01,
  batchThrottleQps: 0,
  batchThrottleBurst: 15,
  truncate: false,
  truncateMaxEventBytes: 102_400,
  truncateMaxBatchBytes: 10_485_760,
};

let hook: TestWebhook;
let sinks: AuditWebhook[];
let metrics: CountedMetrics;
let logger: KeptLogger;
beforeEach(async () => {
  hook = await startWebhook(() => ({ json: {} }));
  sinks = [];
  metrics = new CountedMetrics();
  logger = new KeptLogger();
});
afterEach(async () => {
  await Promise.all(sinks.map((one) => one.stop()));
  await hook.stop();
});

async function start(options: Partial<AuditWebhookOptions> = {}): Promise<AuditWebhook> {
  const all = Object.assign(new AuditWebhookOptions(), { ...DEFAULTS, kubeconfig: hook.kubeconfig, ...options });
  const sink = new AuditWebhook(all, logger, new FolderPaths("/"), metrics);
  await sink.start();
  sinks.push(sink);
  return sink;
}

function isList(body: unknown): body is { readonly items: readonly { readonly auditID: string }[] } {
  return typeof body === "object" && body !== null && "items" in body;
}

const batches = () => hook.calls.map(({ body }) => (isList(body) ? body.items.map(({ auditID }) => auditID) : []));
const record = (auditID: string, over: object = {}) => auditRecord({ auditID, ...over });
const lost = () => metrics.value("apiserver_audit_error_total", { plugin: "webhook" });

describe("the audit webhook", () => {
  it("sends events that come together as one list", async () => {
    const sink = await start();
    for (const id of ["1", "2", "3"]) expect(sink.write([record(id)])).toBeUndefined();
    await expect.poll(batches).toEqual([["1", "2", "3"]]);
    expect(hook.calls[0]?.body).toEqual({
      kind: "EventList",
      apiVersion: "audit.k8s.io/v1",
      metadata: {},
      items: ["1", "2", "3"].map((auditID) => auditEvent({ auditID })),
    });
    expect(hook.calls[0]?.client).toBe("apiserver");
  });

  it("begins a batch when one is full, however long others might wait", async () => {
    const sink = await start({ batchMaxSize: 2, batchMaxWaitSeconds: 3600 });
    sink.write(["1", "2", "3", "4", "5"].map((id) => record(id)));
    await expect.poll(batches).toEqual([["1", "2"], ["3", "4"], ["5"]]);
  });

  it("tries again until the webhook takes a batch, and drops and counts what does not fit meanwhile", async () => {
    let failures = 3;
    hook.answer(() => (failures-- > 0 ? { json: {}, status: 503 } : { json: {} }));
    const sink = await start({ batchMaxSize: 1, batchBufferSize: 3 });
    for (let index = 0; index < 10; index++) sink.write([record(`e${index}`)]);
    await sink.stop();
    const taken = batches().slice(3).flat();
    expect(taken[0]).toBe("e0");
    expect(lost()).toBe(10 - taken.length);
    expect(lost()).toBeGreaterThan(0);
  });

  it("gives a batch up that the webhook never takes, counts and says so, and goes on", async () => {
    hook.answer(() => ({ json: {}, status: 400 }));
    const sink = await start();
    sink.write([record("secret-id")]);
    await expect.poll(lost).toBe(1);
    expect(logger.text).toContain("audit events could not be delivered");
    expect(logger.text).not.toContain("secret-id");
    hook.answer(() => ({ json: {} }));
    sink.write([record("next")]);
    await expect.poll(() => batches().at(-1)).toEqual(["next"]);
  });

  it("lets a request wait in the blocking modes, and tells it when it fails", async () => {
    const sink = await start({ mode: "blocking-strict", attempts: 1 });
    expect(sink.strict).toBe(true);
    await sink.write([record("now")]);
    expect(batches()).toEqual([["now"]]);
    await hook.pause();
    await expect(sink.write([record("never")])).rejects.toThrow(/cannot be asked/);
    await hook.resume();
  });

  it("delivers what waits when the server stops", async () => {
    const sink = await start({ batchMaxWaitSeconds: 3600 });
    sink.write([record("last")]);
    await sink.stop();
    expect(batches()).toEqual([["last"]]);
  });

  it("leaves bodies out that are too large, splits batches, and drops what is too large all the same", async () => {
    const sink = await start({ truncate: true, truncateMaxEventBytes: 2000, truncateMaxBatchBytes: 1024 });
    const body = { data: "x".repeat(5000) };
    sink.write([
      record("large", { requestObject: body, responseObject: body }),
      record("small"),
      record("hopeless", { userAgent: "x".repeat(5000) }),
    ]);
    await expect.poll(batches).toEqual([["large"], ["small"]]);
    expect(hook.calls[0]?.body).toMatchObject({
      items: [{ annotations: { "audit.k8s.io/truncated": "true" } }],
    });
    expect(JSON.stringify(hook.calls)).not.toContain("xxxx");
    expect(lost()).toBe(1);
  });

  it("stops the start when the kubeconfig is bad", async () => {
    await expect(start({ kubeconfig: "/nowhere" })).rejects.toThrow("/nowhere: the file does not exist");
  });
});

it("truncates nothing that fits", () => {
  const small = record("a");
  expect(truncated(small, 10_000)).toBe(small.json);
});

it("throttles after a burst, by the clock", () => {
  let now = 0;
  const throttle = new Throttle(10, 2, () => now);
  expect([throttle.take(), throttle.take(), throttle.take(), throttle.take()]).toEqual([0, 0, 100, 200]);
  now = 1000;
  expect([throttle.take(), throttle.take(), throttle.take()]).toEqual([0, 0, 100]);
  expect(new Throttle(0, 1).take()).toBe(0);
});
