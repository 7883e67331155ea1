import {
  Client,
  Logger,
  type ResourceClient,
  type RouteHandler,
  Routes,
  Services,
  type ServiceToken,
} from "@quarterdeck/sdk";
import { CountedMetrics } from "@quarterdeck/testing/doubles";
import { filterContract, requestContext, type SampleContext } from "@quarterdeck/testing/filter-contract";
import { describe, expect, it } from "vitest";
import { PriorityAndFairness } from "./priority-and-fairness.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

class NoClient extends Client {
  override resource(): ResourceClient<never> {
    throw new RangeError("there are no resources");
  }
  override as(): Client {
    return this;
  }
  override within(): Client {
    return this;
  }
  override transaction<T>(run: (client: Client) => Promise<T>): Promise<T> {
    return run(this);
  }
}

class NoServices extends Services {
  override provide(): void {}
  override find<T extends object>(_service: ServiceToken<T>): T | undefined {
    return undefined;
  }
}

class KnownRoutes extends Routes {
  readonly handlers = new Map<string, RouteHandler>();
  override get(path: string, handle: RouteHandler): void {
    this.handlers.set(path, handle);
  }
}

/** Of 30 seats in all, the levels catch-all and global-default have two each while nobody has asked for any. */
const TOTAL = 30;

/** The filter without the kinds: the server's defaults hold. */
function filter(
  totalConcurrency = TOTAL,
  metrics = new CountedMetrics(),
  routes = new KnownRoutes(),
): PriorityAndFairness {
  const options = { totalConcurrency, queueWaitSeconds: 15, sliceMilliseconds: 0 };
  return new PriorityAndFairness(
    options,
    metrics,
    new Silent(),
    new NoClient(),
    new NoServices(),
    routes,
    undefined,
    undefined,
  );
}

/** Requests that no schema but the last one matches: of a user without any group. */
const nobody: SampleContext = { state: { user: { name: "nobody", groups: [] } } };
const admin: SampleContext = { state: { user: { name: "root", groups: ["system:masters"] } } };

function held(plugin: PriorityAndFairness, sample: SampleContext): () => Promise<void> {
  let end = (): void => {};
  const running = plugin.handle(
    requestContext(sample),
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  return () => {
    end();
    return running;
  };
}

filterContract({
  name: "priority-and-fairness",
  create: async () => {
    const plugin = filter();
    await plugin.start();
    // More than there are seats.
    for (let request = 0; request < 10; request++) held(plugin, nobody);
    return { handle: (context, next) => plugin.handle(context, next), stop: () => plugin.stop() };
  },
  passes: [{}, admin, { ...nobody, state: { ...nobody.state, longRunning: true }, requestInfo: { verb: "proxy" } }],
  answers: [nobody],
});

describe("priority-and-fairness", () => {
  it("refuses in upstream's words, and counts it", async () => {
    const metrics = new CountedMetrics();
    const plugin = filter(TOTAL, metrics);
    const [end] = [held(plugin, nobody), held(plugin, nobody)];
    const context = requestContext(nobody);
    await plugin.handle(context, () => Promise.reject(new Error("reached")));
    expect(context).toMatchObject({ status: 429, body: "Too many requests, please try again later.\n" });
    expect(context.res.getHeader("retry-after")).toBe("1");
    const labels = { priority_level: "catch-all", flow_schema: "catch-all", reason: "concurrency-limit" };
    expect(metrics.value("apiserver_flowcontrol_rejected_requests_total", labels)).toBe(1);
    expect(metrics.value("apiserver_request_terminations_total", { code: "429" })).toBe(1);
    await end?.();
    let reached = false;
    await plugin.handle(requestContext(nobody), async () => {
      reached = true;
    });
    expect(reached).toBe(true);
  });

  it("has requests wait in their queues, and lets them in as others end or fail", async () => {
    const plugin = filter();
    const user = (name: string): SampleContext => ({ state: { user: { name, groups: ["system:authenticated"] } } });
    const first = held(plugin, user("ann"));
    held(plugin, user("ann"));
    const order: string[] = [];
    const failing = plugin.handle(requestContext(user("bob")), async () => {
      order.push("bob");
      throw new RangeError("boom");
    });
    const last = plugin.handle(requestContext(user("carl")), async () => void order.push("carl"));
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    await first();
    await expect(failing).rejects.toThrow(RangeError);
    await last;
    expect(order.sort()).toEqual(["bob", "carl"]);
  });

  it("forgets a waiting request whose client is gone", async () => {
    const plugin = filter();
    const user: SampleContext = { state: { user: { name: "ann", groups: ["system:authenticated"] } } };
    const first = held(plugin, user);
    held(plugin, user);
    const context = requestContext(user);
    let reached = false;
    const gone = plugin.handle(context, async () => {
      reached = true;
    });
    context.res.destroy();
    await gone;
    expect(reached).toBe(false);
    await first();
    plugin.stop();
  });

  it("takes no seats for a watch that has begun", async () => {
    const plugin = filter();
    const watch: SampleContext = {
      state: { ...nobody.state, longRunning: true },
      requestInfo: { verb: "watch", name: "" },
    };
    held(plugin, nobody);
    const context = requestContext(watch);
    let end = (): void => {};
    const running = plugin.handle(
      context,
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    const refused = requestContext(nobody);
    await plugin.handle(refused, async () => {});
    expect(refused.status).toBe(429);
    context.state.load?.initialised();
    let reached = false;
    await plugin.handle(requestContext(nobody), async () => {
      reached = true;
    });
    expect(reached).toBe(true);
    end();
    await running;
    plugin.stop();
  });

  it("dumps what waits and what runs", async () => {
    const routes = new KnownRoutes();
    const plugin = filter(TOTAL, new CountedMetrics(), routes);
    const user = (name: string): SampleContext => ({ state: { user: { name, groups: ["system:authenticated"] } } });
    const ends = ["ann", "ann", "bob"].map((name) => held(plugin, user(name)));
    const dump = async (name: string): Promise<string[]> => {
      const context = requestContext();
      await routes.handlers.get(`/debug/api_priority_and_fairness/${name}`)?.(context);
      return String(context.body)
        .split("\n")
        .filter((line) => line.startsWith("global-default,"));
    };
    expect(await dump("dump_priority_levels")).toEqual([
      expect.stringMatching(/^global-default, +1, +false, +false, +1, +2, +2, +0, +0, +0$/),
    ]);
    expect((await dump("dump_queues")).length).toBeGreaterThan(1);
    const requests = await dump("dump_requests");
    expect(requests.find((line) => line.includes(" bob,"))).toMatch(
      /^global-default, +global-default, +\d+, +0, +bob, /,
    );
    expect(requests.find((line) => line.includes(" ann,"))).toMatch(
      /^global-default, +global-default, +\d+, +-1, +ann, /,
    );
    await ends[0]?.();
    await new Promise(setImmediate);
    await Promise.all(ends.slice(1).map((end) => end()));
    plugin.stop();
  });
});
