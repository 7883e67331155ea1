import { describe, expect, it } from "vitest";
import { LineWriter } from "./line-writer.js";

/** Keeps what it is given; each append ends when the test says so. */
class SlowTarget {
  readonly writes: string[] = [];
  readonly #ends: ((error?: Error) => void)[] = [];

  append(parts: readonly Buffer[]): Promise<void> {
    this.writes.push(Buffer.concat(parts).toString());
    return new Promise((resolve, reject) => {
      this.#ends.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  end(error?: Error): void {
    this.#ends.shift()?.(error);
  }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe("LineWriter", () => {
  it("writes at once what comes together, and then all that came meanwhile, in order", async () => {
    const target = new SlowTarget();
    const writer = new LineWriter(target);
    const first = [writer.add("a"), writer.add("b")];
    await turn();
    expect(target.writes).toEqual(["a\nb\n"]);
    const second = [writer.add("c"), writer.add("d")];
    await turn();
    expect(target.writes).toHaveLength(1);
    target.end();
    await Promise.all(first);
    await turn();
    expect(target.writes).toEqual(["a\nb\n", "c\nd\n"]);
    target.end();
    await Promise.all(second);
  });

  it("tells those whose write fails, and goes on with the next", async () => {
    const target = new SlowTarget();
    const writer = new LineWriter(target);
    const lost = writer.add("a");
    await turn();
    const kept = writer.add("b");
    target.end(new Error("the disk is full"));
    await expect(lost).rejects.toThrow("the disk is full");
    await turn();
    target.end();
    await kept;
    expect(target.writes).toEqual(["a\n", "b\n"]);
  });

  it("gathers while held, and writes all of it on release, also during a write", async () => {
    const target = new SlowTarget();
    const writer = new LineWriter(target);
    writer.hold();
    void writer.add("a");
    await turn();
    expect([target.writes, writer.waiting]).toEqual([[], 1]);
    const first = writer.release();
    await turn();
    void writer.add("b");
    const second = writer.release();
    target.end();
    await first;
    await turn();
    target.end();
    await second;
    expect(target.writes).toEqual(["a\n", "b\n"]);
    await writer.release();
  });
});
