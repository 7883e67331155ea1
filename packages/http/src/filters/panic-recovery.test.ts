import { ServerResponse } from "node:http";
import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { fakeContext, sentBody, sentText } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { ClientGoneError } from "../request/client-gone-error.js";
import { PanicRecovery } from "./panic-recovery.js";

async function run(failure: unknown, prepare?: (context: ReturnType<typeof fakeContext>) => void) {
  const logger = new SilentLogger();
  const context = fakeContext({ url: "/api/v1/pods" });
  prepare?.(context);
  await new PanicRecovery(logger).handle(context, () => Promise.reject(failure));
  return { context, logger };
}

describe("panic-recovery", () => {
  it("answers a panic with upstream's text and logs the stack", async () => {
    const failure = new TypeError("x is not a function");
    const { context, logger } = await run(failure);
    expect(context.res.statusCode).toBe(500);
    expect(sentText(context)).toMatch(/content-type: text\/plain; charset=utf-8\r\n/i);
    expect(sentBody(context)).toBe("This request caused apiserver to panic. Look in the logs for details.\n");
    expect(logger.lines).toEqual([
      {
        level: "error",
        message: "apiserver panic'd",
        fields: { method: "GET", path: "/api/v1/pods", error: failure, stack: failure.stack },
      },
    ]);
  });

  it.each([undefined, null, "text", 7, {}])("recovers when %j is thrown", async (failure) => {
    const { context } = await run(failure);
    expect(context.res.statusCode).toBe(500);
  });

  it("sends a StatusError as it is and logs nothing", async () => {
    const { context, logger } = await run(StatusError.notFound({ group: "", resource: "pods" }, "a"));
    expect(context.res.statusCode).toBe(404);
    expect(JSON.parse(sentBody(context))).toMatchObject({
      kind: "Status",
      reason: "NotFound",
      message: 'pods "a" not found',
    });
    expect(logger.lines).toEqual([]);
  });

  it("logs the cause of an internal error", async () => {
    const cause = new Error("disk");
    const { context, logger } = await run(StatusError.internal(cause));
    expect(context.res.statusCode).toBe(500);
    expect(logger.lines).toMatchObject([{ level: "error", fields: { error: cause } }]);
  });

  it("drops headers that described the answer which did not come about", async () => {
    const { context } = await run(new Error("late"), ({ res }) => {
      res.setHeader("Content-Encoding", "gzip");
      res.setHeader("Audit-Id", "a");
    });
    expect(sentText(context)).not.toMatch(/content-encoding/i);
    expect(sentText(context)).toMatch(/audit-id: a/i);
  });

  it("is silent when the client went away", async () => {
    const { context, logger } = await run(new ClientGoneError());
    expect(context.res.headersSent).toBe(false);
    expect(logger.lines).toEqual([]);
  });

  it("breaks off an answer that has begun", async () => {
    const { context, logger } = await run(new Error("half way"), ({ res }) => {
      res.writeHead(200);
      if (res instanceof ServerResponse) res.write("half");
    });
    expect(context.res.destroyed).toBe(true);
    expect(sentText(context)).not.toContain("panic");
    expect(logger.lines).toHaveLength(1);
  });

  it("leaves an answer alone that has been sent whole", async () => {
    const { context } = await run(new Error("afterwards"), ({ res }) => {
      res.end("done");
    });
    expect(sentText(context)).toContain("done");
    expect(context.res.statusCode).toBe(200);
  });

  it("does not answer a request again that has timed out", async () => {
    const { context, logger } = await run(new Error("late"), ({ state }) => state.expire(new Error("time is up")));
    expect(context.res.headersSent).toBe(false);
    expect(logger.lines.map((line) => line.level)).toEqual(["debug"]);
  });
});
