import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff, WorkQueue } from "./work-queue.js";

describe("WorkQueue", () => {
  const handled: string[] = [];
  const failures: unknown[] = [];
  let answer: (key: string) => Promise<boolean>;
  let queue: WorkQueue;
  let workers: number;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    handled.length = 0;
    failures.length = 0;
    answer = async () => true;
    workers = 1;
    queue = new WorkQueue({
      get workers() {
        return workers;
      },
      handle(key) {
        handled.push(key);
        return answer(key);
      },
      failed: (_key, error) => failures.push(error),
      delay: (attempts) => 100 * 2 ** attempts,
    });
  });
  afterEach(async () => {
    await queue.stop();
    vi.useRealTimers();
  });

  /** The attempts that are due after so long, and all that they lead to at once. */
  async function after(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }

  it("works on a key once however often it is added before, and again when it is added meanwhile", async () => {
    answer = async (key) => {
      if (key === "a" && handled.length === 1) queue.add("a");
      return true;
    };
    queue.add("a");
    queue.add("a");
    queue.add("b");
    await after(0);
    expect(handled).toEqual(["a", "b", "a"]);
  });

  it("tries again after longer and longer what was not done or failed, and begins anew when it is forgotten", async () => {
    const bad = new Error("no");
    answer = () => (handled.length === 1 ? Promise.resolve(false) : Promise.reject(bad));
    queue.add("a");
    await after(0);
    await after(99);
    expect(handled).toHaveLength(1);
    await after(1);
    expect(handled).toHaveLength(2);
    expect(failures).toEqual([bad]);
    await after(199);
    expect(handled).toHaveLength(2);
    queue.forget("a");
    await after(1000);
    expect(handled).toHaveLength(2);
    queue.add("a");
    await after(0);
    await after(100);
    expect(handled).toHaveLength(4);
  });

  it("stops after the key under work, says nothing of how that failed, and takes no more", async () => {
    let fail: (error: Error) => void = () => {};
    answer = () => new Promise((_resolve, reject) => (fail = reject));
    queue.add("a");
    queue.add("b");
    await after(0);
    const stopped = queue.stop();
    expect(queue.signal.aborted).toBe(true);
    fail(new Error("aborted"));
    await stopped;
    queue.add("c");
    await after(1000);
    expect(handled).toEqual(["a"]);
    expect(failures).toEqual([]);
  });

  it("works on so many keys at a time as it has workers, and never twice on one", async () => {
    const ends = new Map<string, () => void>();
    answer = (key) => new Promise((resolve) => ends.set(key, () => resolve(true)));
    workers = 2;
    for (const key of ["a", "b", "c"]) queue.add(key);
    await after(0);
    expect(handled).toEqual(["a", "b"]);
    queue.add("a");
    ends.get("b")?.();
    await after(0);
    expect(handled).toEqual(["a", "b", "c"]);
    ends.get("c")?.();
    ends.get("a")?.();
    await after(0);
    expect(handled).toEqual(["a", "b", "c", "a"]);
    const idle = queue.idle();
    ends.get("a")?.();
    await idle;
  });

  it("adds a key later, once, and begins anew with the delays of one that was done", async () => {
    queue.addAfter("a", 50);
    queue.addAfter("a", 10);
    await after(49);
    expect(handled).toEqual([]);
    answer = async () => handled.length !== 1 && handled.length !== 3;
    await after(1);
    await after(100);
    expect(handled).toHaveLength(2);
    queue.add("a");
    await after(0);
    await after(99);
    expect(handled).toHaveLength(3);
    await after(1);
    expect(handled).toHaveLength(4);
  });

  it("takes keys again after a start, by another signal", async () => {
    queue.add("a");
    await queue.stop();
    const { signal } = queue;
    queue.start();
    queue.add("b");
    await after(0);
    expect(handled).toEqual(["b"]);
    expect([signal.aborted, queue.signal.aborted]).toEqual([true, false]);
  });
});

describe("backoff", () => {
  it("doubles up to the longest delay", () => {
    expect([0, 1, 2, 3, 2000].map(backoff(100, 700))).toEqual([100, 200, 400, 700, 700]);
  });
});
