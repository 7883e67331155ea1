import { describe, expect, it } from "vitest";
import { fakeContext, sentBody } from "../../testing/fake-context.js";
import { WaitGroup } from "../server/wait-group.js";
import { RetryAfter } from "./retry-after.js";

async function passes(
  group: WaitGroup,
  url: string,
): Promise<{ passed: boolean; context: ReturnType<typeof fakeContext> }> {
  const context = fakeContext({ url });
  let passed = false;
  await new RetryAfter(group).handle(context, async () => {
    passed = true;
  });
  return { passed, context };
}

describe("retry-after", () => {
  it("passes everything on while the server serves", async () => {
    expect((await passes(new WaitGroup(), "/api/v1/pods")).passed).toBe(true);
  });

  it("answers 429 and closes the connection while the server stops", async () => {
    const group = new WaitGroup();
    await group.drain();
    const { passed, context } = await passes(group, "/api/v1/pods");
    expect(passed).toBe(false);
    expect(context.res.statusCode).toBe(429);
    expect(sentBody(context)).toBe("The apiserver is shutting down, please try again later.\n");
    expect(context.res.getHeaders()).toMatchObject({ "retry-after": "5", connection: "close" });
  });

  it.each(["/readyz", "/livez/ping", "/healthz", "/metrics"])("lets %s pass meanwhile", async (url) => {
    const group = new WaitGroup();
    await group.drain();
    expect((await passes(group, url)).passed).toBe(true);
  });
});
