import fc from "fast-check";
import { expect, test } from "vitest";
import { OrderedTree } from "./ordered-tree.js";

/** A tree beside the sorted map that it has to equal. */
class Model {
  constructor(
    readonly tree: OrderedTree<number>,
    readonly map: Map<string, number>,
  ) {}

  keys(low: string, high: string): string[] {
    return [...this.map.keys()].filter((key) => key >= low && key < high).sort();
  }

  clone(): Model {
    return new Model(this.tree.clone(), new Map(this.map));
  }

  check(low: string, high: string): void {
    const keys = this.keys(low, high);
    const seen: number[] = [];
    this.tree.visit(low, high, (item) => seen.push(item) > 0);
    expect(seen).toEqual(keys.map((key) => this.map.get(key)));
    expect(this.tree.count(low, high)).toBe(keys.length);
    expect(this.tree.size).toBe(this.map.size);
    const few: number[] = [];
    this.tree.visit(low, high, (item) => few.push(item) < 3);
    expect(few).toEqual(seen.slice(0, 3));
  }
}

const key = fc.integer({ min: 0, max: 4000 }).map((number) => String(number).padStart(4, "0"));
const run = fc.record({
  from: fc.integer({ min: 0, max: 4000 }),
  many: fc.integer({ min: 1, max: 600 }),
  step: fc.constantFrom(1, 7, -1),
  action: fc.constantFrom("set", "set", "delete", "clone"),
});

test("it equals a sorted map after any writes, and so does each of its clones", () => {
  fc.assert(
    fc.property(
      fc.array(run, { maxLength: 12 }),
      fc.integer({ min: 0, max: 3000 }),
      key,
      key,
      (runs, built, low, high) => {
        const keys = Array.from({ length: built }, (_, at) => String(at).padStart(4, "0"));
        const items = keys.map((_, at) => at);
        const model = new Model(OrderedTree.of(keys, items), new Map(keys.map((one, at) => [one, at])));
        const models = [model];
        for (const { from, many, step, action } of runs) {
          const current = models[from % models.length] ?? model;
          if (action === "clone") {
            models.push(current.clone());
            continue;
          }
          for (let n = 0; n < many; n++) {
            const one = String(Math.abs(from + n * step) % 4000).padStart(4, "0");
            if (action === "delete") {
              current.tree.delete(one);
              current.map.delete(one);
            } else {
              current.tree.set(one, from * 1000 + n);
              current.map.set(one, from * 1000 + n);
            }
          }
        }
        for (const one of models) {
          one.check(low, high);
          one.check("", "9999");
          expect(one.tree.get(low)).toBe(one.map.get(low));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("keys out of order are put in place", () => {
  const tree = OrderedTree.of(["b", "a", "b"], [1, 2, 3]);
  const seen: number[] = [];
  tree.visit("", "z", (item) => seen.push(item) > 0);
  expect(seen).toEqual([2, 3]);
  expect(tree.count("b", "a")).toBe(0);
});
