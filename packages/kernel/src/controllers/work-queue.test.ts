import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WorkQueue } from "./work-queue.js";

describe("WorkQueue", () => {
  const handled: string[] = [];
  const failures: unknown[] = [];
  let answer: (key: string) => Promise<boolean>;
  let queue: WorkQueue;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    handled.length = 0;
    failures.length = 0;
    answer = async () => true;
    queue = new WorkQueue({
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
});
