import type { Controller } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TextLogger } from "../logging/text-logger.js";
import { ElectedController } from "./elected-controller.js";
import { ELECTION_TIMING } from "./election-timing.js";
import { HeldLease } from "./held-lease.js";
import { MemoryLeases } from "./memory-leases.fixture.js";

let leases: MemoryLeases;
let lives: string[];
let running: ElectedController[];

interface Candidate extends ElectedController {
  readonly begun: Promise<void>;
}

/** A candidate that has begun to campaign. */
function candidate(name: string, controller: Partial<Controller> = {}): Candidate {
  const lease = new HeldLease(leases.client(name), "work", name, ELECTION_TIMING, (error) =>
    lives.push(`${name}: ${String(error)}`),
  );
  const made: Controller = {
    start: (term) => {
      lives.push(`+${name}`);
      return controller.start?.(term);
    },
    stop: () => {
      lives.push(`-${name}`);
      return controller.stop?.();
    },
  };
  const elected = new ElectedController(made, lease, ELECTION_TIMING, new TextLogger({ write: () => {} }, "error"));
  running.push(elected);
  return Object.assign(elected, { begun: elected.start() });
}

/** What happened in so many seconds; each term ends with two stops, of which one is told. */
async function after(seconds: number): Promise<string[]> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  const told = lives.filter((one, index) => one !== lives[index - 1]);
  lives.length = 0;
  return told;
}

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.parse("2026-01-01T00:00:00Z"),
    toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
  });
  // No jitter: candidates come every two seconds.
  vi.spyOn(Math, "random").mockReturnValue(0);
  leases = new MemoryLeases();
  lives = [];
  running = [];
});

afterEach(async () => {
  leases.trouble.clear();
  await Promise.all([Promise.all(running.map((one) => one.stop())), vi.advanceTimersByTimeAsync(30_000)]);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("an elected controller", () => {
  it("has its term at once when the lease is free, and renews it every two seconds", async () => {
    await candidate("a").begun;
    expect(lives).toEqual(["+a"]);
    const time = "2026-01-01T00:00:00.000Z";
    const spec = { holderIdentity: "a", leaseDurationSeconds: 15, acquireTime: time, leaseTransitions: 0 };
    expect(leases.spec("work")).toEqual({ ...spec, renewTime: time });
    await after(60);
    expect(leases.spec("work")).toEqual({ ...spec, renewTime: "2026-01-01T00:01:00.000Z" });
    // One request a renewal.
    expect(leases.requests).toBe(2 + 30);
  });

  it("leaves a lease alone that another one renews, and takes it at once when it is given up", async () => {
    const first = candidate("a");
    await first.begun;
    await candidate("b").begun;
    expect(await after(300)).toEqual(["+a"]);
    await first.stop();
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "", leaseDurationSeconds: 1, leaseTransitions: 0 });
    expect(await after(2)).toEqual(["-a", "+b"]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "b", leaseTransitions: 1 });
  });

  it("takes over from one that is gone after the lease's duration, whatever the clocks of machines say", async () => {
    const gone = leases.client("gone").resource({ group: "", resource: "" });
    const renewTime = "2036-01-01T00:00:00.000Z";
    const spec = {
      holderIdentity: "gone",
      leaseDurationSeconds: 15,
      acquireTime: renewTime,
      renewTime,
      leaseTransitions: 4,
    };
    const metadata = { name: "work", namespace: "kube-system" };
    await gone.create({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec });
    await candidate("b").begun;
    expect(await after(14)).toEqual([]);
    expect(await after(2)).toEqual(["+b"]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "b", leaseTransitions: 5 });
  });

  it.each(["fails", "hangs"] as const)("ends its term when the store %s, before another's begins", async (trouble) => {
    await candidate("a").begun;
    await candidate("b").begun;
    lives.length = 0;
    leases.trouble.set("a", trouble);
    const told = (one: string): boolean => !one.includes("the store is gone");
    expect((await after(11.9)).filter(told)).toEqual([]);
    expect((await after(0.2)).filter(told)).toEqual(["-a"]);
    expect((await after(6)).filter(told)).toEqual(["+b"]);
    leases.trouble.clear();
    expect((await after(300)).filter(told)).toEqual([]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "b" });
  });

  it("goes on when the store is back in time", async () => {
    await candidate("a").begun;
    leases.trouble.set("a", "hangs");
    await after(8);
    leases.trouble.clear();
    expect(await after(300)).toEqual([]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "a", leaseTransitions: 0 });
  });

  it("ends its term as soon as it sees the lease in other hands, and takes one anew that was deleted", async () => {
    await candidate("a").begun;
    leases.remove("work");
    expect(await after(2)).toEqual(["+a"]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "a" });
    leases.remove("work");
    const thief = leases.client("thief").resource({ group: "", resource: "" });
    const spec = { holderIdentity: "thief", leaseDurationSeconds: 15 };
    await thief.create({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: "work" }, spec });
    expect(await after(2)).toEqual(["-a"]);
    expect(await after(18)).toEqual(["+a"]);
  });

  it("gives the lease up when the controller cannot start, and tries again", async () => {
    let attempts = 0;
    await candidate("a", {
      start: () => {
        attempts++;
        if (attempts === 1) throw new Error("no luck");
      },
    }).begun;
    expect(await after(1)).toEqual(["+a", "-a"]);
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "" });
    expect(await after(2)).toEqual(["+a"]);
  });

  it("gives the lease up though a renewal is stored late, between the look and the write", async () => {
    const first = candidate("a");
    await first.begun;
    leases.beforeUpdate = () => leases.touch("work");
    await first.stop();
    expect(leases.spec("work")).toMatchObject({ holderIdentity: "" });
  });

  it("keeps the lease until all of its term has ended", async () => {
    let ended = (): void => {};
    const first = candidate("a", { stop: () => new Promise<void>((resolve) => (ended = resolve)) });
    await first.begun;
    await candidate("b").begun;
    const stopped = first.stop();
    expect(await after(4)).toEqual(["+a", "-a"]);
    ended();
    await after(0);
    ended();
    await stopped;
    expect(await after(2)).toEqual(["+b"]);
  });

  it("stops while it waits, and while the store hangs", async () => {
    await candidate("a").begun;
    const waiting = candidate("b");
    await waiting.begun;
    await waiting.stop();
    leases.trouble.set("c", "hangs");
    const hanging = candidate("c");
    await after(1);
    await hanging.stop();
    await hanging.begun;
    expect(await after(60)).toEqual([]);
  });
});
