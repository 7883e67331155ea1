import { expect, test } from "vitest";
import { CacheEvent } from "./cache-event.js";
import { CachedObject } from "./cached-object.js";
import { EventRing } from "./event-ring.js";
import { KeySpace } from "./key-space.js";

function event(ring: EventRing, revision: number, time: number, bytes = 10): CacheEvent {
  const key = `/p/${revision}`;
  const object = new CachedObject(key, revision, revision, Buffer.alloc(bytes), { keys: new KeySpace("/p/", false) });
  return new CacheEvent(ring.end, revision, undefined, object, time);
}

function fill(ring: EventRing, from: number, to: number, time: number, bytes?: number): void {
  for (let revision = from; revision <= to; revision++) ring.push(event(ring, revision, time, bytes));
}

const bounds = { minEvents: 100, maxEvents: 1000, maxBytes: 1 << 20, freshMilliseconds: 1000 };

test("it grows under load, stays below its maximum and shrinks when it is quiet", () => {
  const ring = new EventRing(5, bounds);
  expect(ring.start).toBe(5);
  fill(ring, 6, 505, 0);
  expect([ring.size, ring.start]).toEqual([500, 5]);
  fill(ring, 506, 2505, 10);
  expect([ring.size, ring.start]).toEqual([1000, 1505]);
  ring.trim(2000);
  expect([ring.size, ring.start]).toEqual([100, 2405]);
  ring.trim(1e9);
  expect(ring.size).toBe(100);
  fill(ring, 2506, 2506, 1e9);
  expect([ring.size, ring.start]).toEqual([100, 2406]);
});

test("it is bounded in bytes too", () => {
  const ring = new EventRing(0, bounds);
  fill(ring, 1, 200, 0, 1 << 16);
  expect(ring.size).toBe(16);
});

test("it finds events by revision and by sequence", () => {
  const ring = new EventRing(0, bounds);
  for (const revision of [2, 4, 4, 6]) ring.push(event(ring, revision, 0));
  const revisionsAfter = (revision: number) => ring.at(ring.after(revision))?.revision;
  expect([0, 2, 3, 4, 5, 6].map(revisionsAfter)).toEqual([2, 4, 4, 6, 6, undefined]);
  expect(ring.find("/p/4", 4)?.sequence).toBe(1);
  expect(ring.find("/p/2", 4)).toBeUndefined();
  expect(ring.at(4)).toBeUndefined();
  expect(ring.at(-1)).toBeUndefined();
});

test("the events of one revision go together", () => {
  const ring = new EventRing(0, { ...bounds, minEvents: 2, freshMilliseconds: 0 });
  for (const revision of [2, 2, 2, 3]) ring.push(event(ring, revision, 0));
  expect([ring.size, ring.start]).toEqual([1, 2]);
});
