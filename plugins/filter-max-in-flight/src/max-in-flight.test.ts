import { startTestServer } from "@quarterdeck/testing";
import { CountedMetrics } from "@quarterdeck/testing/doubles";
import { filterContract, requestContext, type SampleContext } from "@quarterdeck/testing/filter-contract";
import { describe, expect, it } from "vitest";
import { MaxInFlight } from "./max-in-flight.js";

const write: SampleContext = { method: "POST", requestInfo: { verb: "create" } };
const admin: SampleContext = { state: { user: { name: "root", groups: ["system:masters"] } } };

/** A request that runs until it is told to end. */
function held(filter: MaxInFlight, sample: SampleContext = {}): () => Promise<void> {
  let end = (): void => {};
  const running = filter.handle(requestContext(sample), () => new Promise((resolve) => (end = resolve)));
  return () => {
    end();
    return running;
  };
}

function full(): MaxInFlight {
  const filter = new MaxInFlight({ reads: 1, writes: 1 }, new CountedMetrics());
  held(filter);
  held(filter, write);
  return filter;
}

filterContract({
  name: "max-in-flight",
  create: full,
  passes: [{ state: { longRunning: true } }, admin, { ...write, ...admin }],
  answers: [{}, write],
});

describe("max-in-flight", () => {
  it("refuses as upstream does, and counts it", async () => {
    const metrics = new CountedMetrics();
    const filter = new MaxInFlight({ reads: 1, writes: 0 }, metrics);
    held(filter);
    const context = requestContext();
    await filter.handle(context, () => Promise.reject(new Error("reached")));
    expect(context).toMatchObject({ status: 429, body: "Too many requests, please try again later.\n" });
    expect(context.res.getHeader("retry-after")).toBe("1");
    expect(context.res.getHeader("content-type")).toBe("text/plain; charset=utf-8");
    expect(metrics.value("apiserver_request_terminations_total", { verb: "GET", code: "429" })).toBe(1);
    expect(metrics.value("apiserver_request_total", { verb: "GET", code: "429" })).toBe(1);
  });

  it("counts reads and writes apart, and takes another when one has ended or failed", async () => {
    const filter = new MaxInFlight({ reads: 1, writes: 1 }, new CountedMetrics());
    const end = held(filter);
    let writes = 0;
    await filter.handle(requestContext(write), async () => void writes++);
    expect(writes).toBe(1);
    await end();
    const failing = filter.handle(requestContext(), () => Promise.reject(new RangeError("boom")));
    await expect(failing).rejects.toThrow(RangeError);
    const throwing = filter.handle(requestContext(), () => {
      throw new RangeError("boom");
    });
    await expect(throwing).rejects.toThrow(RangeError);
    let reads = 0;
    await filter.handle(requestContext(), async () => void reads++);
    expect(reads).toBe(1);
  });

  it("counts nothing without a limit", async () => {
    const filter = new MaxInFlight({ reads: 0, writes: 0 }, new CountedMetrics());
    const ends = Array.from({ length: 1000 }, () => held(filter));
    let reached = false;
    await filter.handle(requestContext(), async () => {
      reached = true;
    });
    expect(reached).toBe(true);
    await Promise.all(ends.map((end) => end()));
  });

  it("works in a server", async () => {
    const server = await startTestServer({ config: { flowControl: ["max-in-flight", { reads: 1, writes: 1 }] } });
    expect((await server.request("/api/v1/namespaces")).status).toBe(200);
    await server.stop();
  });
});
