import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { AuditPipeline } from "../audit/audit-pipeline.js";
import { MetricRegistry } from "../metrics/metric-registry.js";
import { AuditInit } from "./audit-init.js";

async function auditId(headers: { readonly [name: string]: string }): Promise<unknown> {
  const context = fakeContext({ headers });
  let passed = false;
  await new AuditInit(new AuditPipeline([], new MetricRegistry(), new SilentLogger())).handle(context, async () => {
    passed = true;
  });
  expect(passed).toBe(true);
  expect(context.state.audit.id).toBe(context.res.getHeader("audit-id"));
  return context.res.getHeader("audit-id");
}

describe("audit-init", () => {
  it("echoes the caller's id, as long as it is", async () => {
    expect(await auditId({ "audit-id": "me" })).toBe("me");
    expect(await auditId({ "audit-id": "x".repeat(100) })).toBe("x".repeat(100));
  });

  it.each([{}, { "audit-id": "" }, { "audit-id": "caf\u00e9\u0001" }])("makes a new one for %j", async (headers) => {
    const first = await auditId(headers);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await auditId(headers)).not.toBe(first);
  });
});
