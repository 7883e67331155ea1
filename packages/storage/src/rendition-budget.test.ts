import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CachedObject } from "./cached-object.js";
import { KeySpace } from "./key-space.js";
import { RenditionBudget } from "./rendition-budget.js";

const value = Buffer.from('{"kind":"K","apiVersion":"v1","metadata":{"name":"x"}}');

function object(revision: number, budget: RenditionBudget): CachedObject {
  return new CachedObject(`/p/${revision}`, revision, revision, value, { keys: new KeySpace("/p/", false), budget });
}

test("what can be made again is forgotten, the oldest first, and made again", () => {
  const budget = new RenditionBudget(1000);
  const objects = Array.from({ length: 5000 }, (_, index) => object(index + 1, budget));
  const parsed = objects.map((one) => one.object);
  expect(budget.bytes).toBeLessThanOrEqual(1000);
  const [first, last] = [objects[0], objects[4999]];
  expect(last?.object).toBe(parsed[4999]);
  expect(first?.object).not.toBe(parsed[0]);
  expect(first?.object).toEqual(parsed[0]);
});

test("a rendition is made once while the budget lasts", () => {
  const budget = new RenditionBudget(1000);
  const one = object(1, budget);
  let made = 0;
  const make = () => Buffer.from(String(++made));
  expect(one.rendition("yaml", make)).toBe(one.rendition("yaml", make));
  one.rendition("table", () => Buffer.alloc(2000));
  expect(budget.bytes).toBe(0);
  expect(one.rendition("yaml", make).toString()).toBe("2");
});

test("a state that nobody needs any more does not live on in the budget", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const budget = new RenditionBudget(1_000_000);
  const kept = object(1, budget);
  expect(kept.object.metadata.name).toBe("x");
  const dropped = Array.from({ length: 100 }, (_, index) => {
    const one = object(index + 2, budget);
    one.rendition("yaml", () => Buffer.from("x"));
    return new WeakRef(one);
  });
  await expect
    .poll(() => {
      collect();
      return dropped.filter((one) => one.deref() !== undefined).length;
    })
    .toBe(0);
  expect(budget.bytes).toBeGreaterThan(0);
  expect(kept.object.metadata.name).toBe("x");
});
