import type { Filter } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { buildChain } from "./build-chain.js";
import type { NamedFilter } from "./named-filter.js";
import { NextCalledTwiceError } from "./next-called-twice-error.js";

function named(name: string, handle: Filter["handle"]): NamedFilter {
  return { name, source: "test", filter: { handle } };
}

describe("buildChain", () => {
  it("runs filters in order, each around the rest", async () => {
    const trace: string[] = [];
    const around = (name: string) =>
      named(name, async (_context, next) => {
        trace.push(`+${name}`);
        await next();
        trace.push(`-${name}`);
      });
    const chain = buildChain([around("a"), around("b")]);
    await chain(fakeContext(), async () => void trace.push("end"));
    expect(trace).toEqual(["+a", "+b", "end", "-b", "-a"]);
  });

  it("does not run what stands behind a filter that answers", async () => {
    let reached = false;
    const chain = buildChain([
      named("answers", async () => {}),
      named("never", async () => {
        reached = true;
      }),
    ]);
    await chain(fakeContext(), async () => {
      reached = true;
    });
    expect(reached).toBe(false);
  });

  it("turns a synchronous throw into a rejection that outer filters can catch", async () => {
    const caught: unknown[] = [];
    const chain = buildChain([
      named("outer", (_context, next) => next().catch((error: unknown) => void caught.push(error))),
      named("thrower", () => {
        throw new RangeError("boom");
      }),
    ]);
    await chain(fakeContext(), async () => {});
    expect(caught).toEqual([new RangeError("boom")]);
  });

  it("refuses a second next() and names the filter", async () => {
    let runs = 0;
    const twice = named("twice", async (_context, next) => {
      await next();
      await next();
    });
    const chain = buildChain([named("first", (_context, next) => next()), twice]);
    const failure = await chain(fakeContext(), async () => void runs++).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NextCalledTwiceError);
    expect(failure).toHaveProperty("filter", "twice");
    expect(runs).toBe(1);
  });

  it("does not let a second next() step over a filter that refused", async () => {
    let runs = 0;
    const twice = named("twice", async (_context, next) => {
      await next().catch(() => {});
      await next().catch(() => {});
    });
    const gate = named("gate", async () => {
      throw new Error("no");
    });
    await buildChain([twice, gate])(fakeContext(), async () => void runs++);
    expect(runs).toBe(0);
  });

  it("tells the observer of every filter that passed the request on", async () => {
    const seen: number[] = [];
    const pass = (name: string) => named(name, (_context, next) => next());
    const chain = buildChain([pass("a"), pass("b"), pass("c")], {
      observe: (index, milliseconds) => {
        expect(milliseconds).toBeGreaterThanOrEqual(0);
        seen.push(index);
      },
    });
    await chain(fakeContext(), async () => {});
    expect(seen).toEqual([0, 1, 2]);
  });
});
