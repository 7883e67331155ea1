import { describe, expect, it } from "vitest";
import { OpenWatches } from "./open-watches.js";

describe("open watches", () => {
  it("end one after the other over a grace, all of them", async () => {
    const watches = new OpenWatches();
    const ended: number[] = [];
    for (let index = 0; index < 25; index++) watches.add(() => void ended.push(index));
    await watches.endOver(0.5, new Promise(() => {}));
    expect(ended).toEqual(Array.from({ length: 25 }, (_, index) => index));
    expect(watches.size).toBe(0);
  });

  it("hold nobody up who waits for them once they are gone", async () => {
    const watches = new OpenWatches();
    watches.add(() => {});
    await watches.endOver(3600, Promise.resolve());
    expect(watches.size).toBe(0);
  });

  it("end at once when they come while the others end", async () => {
    const watches = new OpenWatches();
    const gone = watches.endOver(0.05, new Promise(() => {}));
    let ended = false;
    watches.add(() => {
      ended = true;
    });
    expect(ended).toBe(true);
    await gone;
  });
});
