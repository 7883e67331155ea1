import { expect, it } from "vitest";
import { Pacer, type Turn } from "./pacer.js";

/** Resolves when the event loop has been round once. */
const round = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** A pacer whose clock moves by a fixed cost with each turn. */
function scene(waiting: number, cost: number) {
  const state = { now: 0, waiting, later: false, given: 0 };
  const turn = (): Turn => {
    if (state.later) return "later";
    if (state.waiting === 0) return "none";
    state.waiting--;
    state.given++;
    state.now += cost;
    return "given";
  };
  const pacer = new Pacer(1, () => state.now, { turn });
  // Two flows wait: with less there is nobody to be fair to.
  pacer.flow(1);
  pacer.flow(1);
  return { state, pacer };
}

it("lets requests pass while the server has pauses, however many come", () => {
  const { state, pacer } = scene(0, 0);
  for (let request = 0; request < 1000; request++) {
    state.now += 0.5;
    expect(pacer.busy(state.now)).toBe(false);
  }
});

it("has them wait once the server has worked for a slice without a break, until all have had their turn", async () => {
  const { state, pacer } = scene(8, 0.3);
  const passed = Array.from({ length: 20 }, () => {
    state.now += 0.1;
    return !pacer.busy(state.now);
  });
  expect(passed.indexOf(false)).toBeGreaterThan(5);
  expect(pacer.paused).toBe(true);
  expect(state.given).toBe(0);
  await expect.poll(() => pacer.paused).toBe(false);
  expect(state.given).toBe(8);
});

it("works for longer while all that waits is of one flow", () => {
  const { state, pacer } = scene(0, 0);
  const passes = (): number => {
    let passed = 0;
    state.now += 10;
    while (!pacer.busy(state.now) && passed < 100) {
      passed++;
      state.now += 0.1;
    }
    return passed;
  };
  pacer.flow(-1);
  const alone = passes();
  const { state: second, pacer: busy } = scene(0, 0);
  let together = 0;
  while (!busy.busy(second.now) && together < 100) {
    together++;
    second.now += 0.1;
  }
  expect(alone).toBeGreaterThan(together * 1.5);
});

it("reads connections between slices", async () => {
  const { state, pacer } = scene(100, 0.3);
  pacer.busy(0.3);
  state.now = 0.3;
  for (let request = 0; !pacer.paused && request < 100; request++) {
    state.now += 0.1;
    pacer.busy(state.now);
  }
  await new Promise(setImmediate);
  // Four turns of 0.3 ms fill a slice; whatever comes in meanwhile is heard of before the fifth.
  expect(state.given).toBeLessThanOrEqual(8);
  await expect.poll(() => state.given).toBe(100);
});

it("sleeps when all that waits has to wait for others, until one of them is done", async () => {
  const { state, pacer } = scene(3, 0.1);
  state.later = true;
  for (let request = 0; !pacer.paused && request < 100; request++) {
    state.now += 0.1;
    pacer.busy(state.now);
  }
  await round();
  expect({ paused: pacer.paused, given: state.given }).toEqual({ paused: true, given: 0 });
  state.later = false;
  pacer.long(8);
  pacer.long(-8);
  await expect.poll(() => state.given).toBe(3);
  expect(pacer.takesLong(100)).toBe(true);
  pacer.long(8);
  expect([pacer.takesLong(2), pacer.takesLong(3)]).toEqual([true, false]);
});

it("never makes anybody wait when it is switched off", () => {
  const pacer = new Pacer(0, () => 0, { turn: () => "none" });
  for (let request = 0; request < 1000; request++) expect(pacer.busy(request * 0.01)).toBe(false);
});
