import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldPath, PathElement } from "../path/path-element.js";
import { FieldSet } from "./field-set.js";

const element: fc.Arbitrary<PathElement> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "c", "__proto__", "\ufb00", "😀").map((field) => ({ field })) },
  fc.record({ value: fc.constantFrom<string | number | boolean | null>("x", 1, 2.5, true, null) }),
  fc.constantFrom("x", "y").map((name): PathElement => ({ key: [["name", name]] })),
  fc.nat(3).map((index) => ({ index })),
);
const path: fc.Arbitrary<FieldPath> = fc.array(element, { minLength: 1, maxLength: 4 });
const paths = fc.array(path, { maxLength: 12 });

/** A set as texts: each path as the texts of its steps. */
type Model = ReadonlySet<string>;

function textOf(one: FieldPath): string {
  return JSON.stringify(one.map((step) => JSON.stringify(step)));
}

function modelOf(all: Iterable<FieldPath>): Model {
  return new Set([...all].map(textOf));
}

/** True when a path or one above it is in the set. */
function covered(one: string, set: Model): boolean {
  const steps: unknown[] = JSON.parse(one);
  return steps.some((_step, index) => set.has(JSON.stringify(steps.slice(0, index + 1))));
}

/** True when the set has a path below this one. */
function hasBelow(one: string, set: Model): boolean {
  return [...set].some((other) => other !== one && other.startsWith(`${one.slice(0, -1)},`));
}

function sorted(set: Iterable<string>): string[] {
  return [...set].sort();
}

test("sets are what sets of paths are", () => {
  fc.assert(
    fc.property(paths, paths, (left, right) => {
      const [a, b] = [FieldSet.of(...left), FieldSet.of(...right)];
      const [x, y] = [modelOf(left), modelOf(right)];
      const is = (made: FieldSet, model: Iterable<string>) =>
        expect(sorted(modelOf(made.paths()))).toEqual(sorted(new Set(model)));
      is(a, x);
      is(a.union(b), [...x, ...y]);
      is(
        a.intersection(b),
        [...x].filter((one) => y.has(one)),
      );
      is(
        a.difference(b),
        [...x].filter((one) => !y.has(one)),
      );
      is(
        a.recursiveDifference(b),
        [...x].filter((one) => !covered(one, y)),
      );
      is(
        a.leaves(),
        [...x].filter((one) => !hasBelow(one, x)),
      );
      expect(a.isEmpty).toBe(x.size === 0);
      expect(a.equals(b)).toBe(sorted(x).join() === sorted(y).join());
      for (const one of right) expect(a.has(one)).toBe(x.has(textOf(one)));
    }),
    { numRuns: 1000 },
  );
});

test("sets are equal however they were made", () => {
  fc.assert(
    fc.property(paths, paths, (left, right) => {
      const [a, b] = [FieldSet.of(...left), FieldSet.of(...right)];
      const whole = FieldSet.of(...right, ...left);
      expect(a.union(b).equals(whole)).toBe(true);
      expect(b.union(a).equals(whole)).toBe(true);
      expect(a.difference(b).union(a.intersection(b)).equals(a)).toBe(true);
      expect(JSON.stringify(a.union(b).toJson())).toBe(JSON.stringify(whole.toJson()));
    }),
    { numRuns: 500 },
  );
});

test("a set is what it was after its JSON", () => {
  fc.assert(
    fc.property(paths, (all) => {
      const set = FieldSet.of(...all);
      const text = JSON.stringify(set.toJson());
      const read = FieldSet.fromJson(JSON.parse(text));
      expect(read.equals(set)).toBe(true);
      expect([...read.paths()]).toEqual([...set.paths()]);
      expect(JSON.stringify(read.toJson())).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
