import { isDeepStrictEqual } from "node:util";
import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import fc from "fast-check";
import { createPatch } from "rfc6902";
import { expect, test } from "vitest";
import { applyJsonPatch, readJsonPatch } from "./json-patch.js";
import { PatchError } from "./patch-error.js";

const NAMES = ["a", "b", "a/b", "m~n", "constructor", "0"] as const;

const { document } = fc.letrec<{ document: JsonValue; value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(0, 1, "", "s", true, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
  document: fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

const tokens = fc.array(fc.constantFrom(...NAMES, "0", "1", "2", "-"), { minLength: 1, maxLength: 4 });
const operation = fc.record({
  op: fc.constantFrom("add", "replace", "test", "remove", "move", "copy"),
  path: tokens,
  from: tokens,
  value: fc.oneof(document, fc.constantFrom<JsonValue>(0, null)),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Where the model says that the operation does not fit. */
class Misfit extends Error {}

type Edit = (parent: JsonObject | JsonValue[], token: string) => JsonObject | JsonValue[];

/** The document again, with the object or list that the last token is in changed; nothing is changed in place. */
function within(root: JsonValue, [token, ...rest]: readonly string[], edit: Edit): JsonValue {
  if (token === undefined || typeof root !== "object" || root === null) throw new Misfit();
  if (rest.length === 0) return edit(root, token);
  const inner = within(valueAt(root, [token]), rest, edit);
  return Array.isArray(root) ? root.with(Number(token), inner) : { ...root, [token]: inner };
}

function indexOf(list: readonly JsonValue[], token: string, end: number): number {
  if (!/^(0|[1-9]\d*)$/.test(token) || Number(token) >= list.length + end) throw new Misfit();
  return Number(token);
}

function valueAt(root: JsonValue, path: readonly string[]): JsonValue {
  return path.reduce((value, token) => {
    if (Array.isArray(value)) return value[indexOf(value, token, 0)] ?? null;
    const member = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
    if (member === undefined) throw new Misfit();
    return member;
  }, root);
}

function added(root: JsonValue, path: readonly string[], value: JsonValue): JsonValue {
  return within(root, path, (parent, token) =>
    Array.isArray(parent)
      ? parent.toSpliced(token === "-" ? parent.length : indexOf(parent, token, 1), 0, value)
      : { ...parent, [token]: value },
  );
}

function removed(root: JsonValue, path: readonly string[]): JsonValue {
  valueAt(root, path);
  return within(root, path, (parent, token) =>
    Array.isArray(parent)
      ? parent.toSpliced(Number(token), 1)
      : Object.fromEntries(Object.entries(parent).filter(([name]) => name !== token)),
  );
}

/** RFC 6902, section 4, in its own words: what is not said to be an error is done by removing and adding. */
function model(root: JsonValue, { op, path, from, value }: Operation): JsonValue {
  switch (op) {
    case "add":
      return added(root, path, value);
    case "remove":
      return removed(root, path);
    case "replace": {
      valueAt(root, path);
      return within(root, path, (parent, token) =>
        Array.isArray(parent) ? parent.with(Number(token), value) : { ...parent, [token]: value },
      );
    }
    case "copy":
      return added(root, path, valueAt(root, from));
    case "move":
      return added(removed(root, from), path, valueAt(root, from));
    default:
      if (!isDeepStrictEqual(valueAt(root, path), value)) throw new Misfit();
      return root;
  }
}

/** What a patch makes; undefined when it does not fit. */
function outcome(make: () => JsonValue): JsonValue | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Misfit || error instanceof PatchError) return undefined;
    throw error;
  }
}

function pointer(path: readonly string[]): string {
  return path.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Values that the model put in two places are two values in JSON. */
function reparsed<T extends JsonValue>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function ours(root: JsonValue, operations: readonly Operation[]): JsonValue | undefined {
  const patch = operations.map((one) => ({ ...one, path: pointer(one.path), from: pointer(one.from) }));
  return outcome(() => applyJsonPatch(reparsed(root), readJsonPatch(reparsed(patch))));
}

/** The one sort of case in which upstream's library is more lenient than the RFC: a member that is missing. */
function isLenient(root: JsonValue, { op, path, from, value }: Operation): boolean {
  if (op !== "replace" && op !== "copy" && !(op === "test" && value === null)) return false;
  const of = op === "copy" ? from : path;
  const parent = outcome(() => valueAt(root, of.slice(0, -1)));
  return isJsonObject(parent) && !Object.hasOwn(parent, of.at(-1) ?? "");
}

test("operations do what RFC 6902 says, one by one and all at once", () => {
  const seen = { fitting: 0, failing: 0 };
  fc.assert(
    fc.property(document, fc.array(operation, { minLength: 1, maxLength: 8 }), (start, operations) => {
      let root = start;
      const taken: Operation[] = [];
      for (const one of operations) {
        if (isLenient(root, one)) continue;
        const expected = outcome(() => model(root, one));
        expect([one, ours(root, [one])]).toEqual([one, expected]);
        if (expected === undefined) seen.failing++;
        else {
          seen.fitting++;
          taken.push(one);
          root = expected;
        }
      }
      expect(ours(start, taken)).toEqual(root);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen.fitting, seen.failing)).toBeGreaterThan(500);
});

test("the difference that another implementation finds between two documents makes the one of the other", () => {
  fc.assert(
    fc.property(document, document, (from, to) => {
      const operations = readJsonPatch(JSON.parse(JSON.stringify(createPatch(from, to))));
      expect(applyJsonPatch(reparsed(from), operations)).toEqual(to);
    }),
    { numRuns: 1000 },
  );
});
