import type { Storage } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { storageCheck } from "./storage-check.js";

/** A storage of which only the revision is asked. */
function asked(currentRevision: () => Promise<number>): Storage {
  const never = async (): Promise<never> => {
    throw new TypeError("only the revision is to be asked");
  };
  return {
    open: never,
    close: never,
    currentRevision,
    get: never,
    range: never,
    versions: never,
    commit: never,
    watch: never,
    compact: never,
  };
}

describe("the check of a storage", () => {
  it("passes with its answer, fails with its error, and belongs to readyz alone", async () => {
    const good = storageCheck(
      "storage",
      asked(async () => 7),
    );
    await expect(good.check()).resolves.toBeUndefined();
    expect(good).toMatchObject({ name: "storage", endpoints: ["readyz"] });
    const bad = storageCheck(
      "storage-events",
      asked(async () => {
        throw new Error("gone");
      }),
    );
    await expect(bad.check()).rejects.toThrow("gone");
  });

  it("fails after its limit when the storage hangs, asks it once meanwhile, and recovers with it", async () => {
    let calls = 0;
    let wake: (revision: number) => void = () => undefined;
    const check = storageCheck(
      "storage",
      asked(() => {
        calls++;
        // Only the first call hangs: the others are answered before any timer can fire.
        return calls > 1 ? Promise.resolve(4) : new Promise((resolve) => (wake = resolve));
      }),
      5,
    );
    await expect(check.check()).rejects.toThrow("did not answer within 5 ms");
    await expect(check.check()).rejects.toThrow("did not answer within 5 ms");
    expect(calls).toBe(1);
    wake(3);
    await new Promise<void>((resolve) => setImmediate(resolve));
    await expect(check.check()).resolves.toBeUndefined();
    expect(calls).toBe(2);
  });
});
