import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { Audit } from "./audit.js";

async function auditId(headers: { readonly [name: string]: string }): Promise<unknown> {
  const context = fakeContext({ headers });
  let passed = false;
  await new Audit().handle(context, async () => {
    passed = true;
  });
  expect(passed).toBe(true);
  return context.res.getHeader("audit-id");
}

describe("audit", () => {
  it("echoes the caller's id, cut to 64 characters", async () => {
    expect(await auditId({ "audit-id": "me" })).toBe("me");
    expect(await auditId({ "audit-id": "x".repeat(100) })).toBe("x".repeat(64));
  });

  it("makes a new one for each request without", async () => {
    const first = await auditId({});
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await auditId({ "audit-id": "" })).not.toBe(first);
  });
});
