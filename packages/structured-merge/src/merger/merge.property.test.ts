import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FieldSet } from "../field-set/field-set.js";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import { compareObjects } from "../typed/compare-objects.js";
import { fieldsOf } from "../typed/fields-of.js";
import type { Managers } from "./managers.js";
import { ATOMIC, atomicList, INTEGER, listMap, map, object, PRESERVE, STRING, set } from "./merge-case.fixture.js";
import { Merger } from "./merger.js";

const schema = compileMergeSchema(
  object({
    text: STRING,
    struct: object({ a: STRING, b: STRING, inner: object({ c: INTEGER, labels: map(STRING) }) }),
    labels: map(STRING),
    atomic: map(STRING, ATOMIC),
    list: atomicList(INTEGER),
    set: set(STRING),
    items: listMap(
      object({ name: STRING, port: { ...INTEGER, default: 1 }, tags: set(STRING), more: map(STRING) }),
      "name",
      "port",
    ),
    free: { type: "object", ...PRESERVE },
  }),
);
const merger = new Merger({ schemaOf: () => schema, convert: (from) => from, ignoredIn: () => undefined });

/** Objects of the schema whose keys and items are out of some words: two of other words have nothing in common. */
function objects(words: readonly [string, ...string[]]): fc.Arbitrary<JsonObject> {
  const word = fc.constantFrom(...words);
  const labels = fc.dictionary(word, fc.constantFrom("1", "2"), { minKeys: 1, maxKeys: 2, noNullPrototype: true });
  const some = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
  const item = fc.record(
    { name: word, port: fc.constantFrom(1, 2), tags: some, more: labels },
    { requiredKeys: ["name"], noNullPrototype: true },
  );
  const items = fc.uniqueArray(item, {
    minLength: 1,
    maxLength: 3,
    selector: ({ name, port = 1 }) => `${name} ${port}`,
  });
  return fc.record(
    {
      labels,
      set: some,
      items,
      struct: fc.record({ inner: fc.record({ labels }) }),
      free: fc.record({ deep: labels }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
}

const mine = objects(["a", "b", "__proto__"]);
const scalars = fc.record(
  {
    text: fc.constantFrom("1", "2"),
    atomic: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2"), { noNullPrototype: true }),
    list: fc.array(fc.nat(2), { maxLength: 3 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anyConfig = fc.tuple(mine, scalars).map(([one, other]): JsonObject => ({ ...one, ...other }));
const name = fc.constantFrom("ann", "ben", "cid");
const writes = fc.array(fc.record({ kind: fc.constantFrom("apply", "update"), name, config: anyConfig }), {
  minLength: 1,
  maxLength: 6,
});
const applies = fc.array(fc.record({ kind: fc.constant("apply"), name, config: anyConfig }), {
  minLength: 1,
  maxLength: 6,
});

interface State {
  readonly object: JsonObject;
  readonly managers: Managers;
}

const NOTHING: State = { object: {}, managers: new Map() };

function apply({ object: live, managers }: State, manager: string, config: JsonObject): State {
  const result = merger.apply(live, config, "v1", managers, manager, true);
  return { object: result.object ?? live, managers: result.managers };
}

function run(all: readonly { kind: string; name: string; config: JsonObject }[]): State {
  return all.reduce(
    (state, next) =>
      next.kind === "apply"
        ? apply(state, next.name, next.config)
        : { object: next.config, managers: merger.update(state.object, next.config, "v1", state.managers, next.name) },
    NOTHING,
  );
}

function ownedByAll({ managers }: State): FieldSet {
  return [...managers.values()].reduce((all, { fields }) => all.union(fields), FieldSet.EMPTY);
}

function owners({ managers }: State): { [manager: string]: JsonObject } {
  return Object.fromEntries([...managers].map(([manager, { fields }]) => [manager, fields.toJson()]));
}

/** The same value with all lists sorted: the order of items depends on who came first. */
function unordered(value: JsonValue): JsonValue {
  if (Array.isArray(value))
    return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, unordered(value[key] ?? null)]),
  );
}

test("an apply that is made again changes nothing", () => {
  fc.assert(
    fc.property(writes, name, anyConfig, (before, manager, config) => {
      const once = apply(run(before), manager, config);
      const again = merger.apply(once.object, config, "v1", once.managers, manager, false);
      expect(again.object).toBeUndefined();
      expect(owners({ ...once, managers: again.managers })).toEqual(owners(once));
    }),
    { numRuns: 500 },
  );
});

test("managers that have nothing in common do not see one another", () => {
  fc.assert(
    fc.property(mine, objects(["x", "y", "constructor"]), mine, (first, other, second) => {
      const early = apply(apply(apply(NOTHING, "ann", first), "ben", other), "ann", second);
      const late = apply(apply(apply(NOTHING, "ann", first), "ann", second), "ben", other);
      expect(unordered(early.object)).toEqual(unordered(late.object));
      expect(owners(early)).toEqual(owners(late));
      expect(unordered(apply(early, "ann", {}).object)).toEqual(unordered(apply(NOTHING, "ben", other).object));
    }),
    { numRuns: 500 },
  );
});

test("after applies alone, all that there is has an owner, and all that is owned is there", () => {
  fc.assert(
    fc.property(applies, (all) => {
      const state = run(all);
      const there = fieldsOf(schema, state.object);
      const owned = ownedByAll(state);
      expect(there.difference(owned).toJson()).toEqual({});
      expect(owned.difference(there).toJson()).toEqual({});
    }),
    { numRuns: 500 },
  );
});

test("what is applied is there, and belongs to who applied it", () => {
  fc.assert(
    fc.property(writes, name, anyConfig, (before, manager, config) => {
      const { object: after, managers } = apply(run(before), manager, config);
      const wanted = fieldsOf(schema, config);
      expect(wanted.difference(managers.get(manager)?.fields ?? FieldSet.EMPTY).toJson()).toEqual({});
      const { added, modified } = compareObjects(
        schema,
        after,
        apply({ object: after, managers: new Map() }, "x", config).object,
      );
      expect([added.toJson(), modified.toJson()]).toEqual([{}, {}]);
    }),
    { numRuns: 500 },
  );
});

test("after any writes, nothing is owned that is not there", () => {
  fc.assert(
    fc.property(writes, (all) => {
      const state = run(all);
      // Compared with nothing, every value is new, and so is every struct on the way to one.
      const there = compareObjects(schema, {}, state.object).added;
      expect(ownedByAll(state).difference(there).toJson()).toEqual({});
    }),
    { numRuns: 500 },
  );
});

test("an update owns what it changed, and nobody else does", () => {
  fc.assert(
    fc.property(writes, anyConfig, (before, next) => {
      const state = run(before);
      const managers = merger.update(state.object, next, "v1", state.managers, "dan");
      const { added, modified, removed } = compareObjects(schema, state.object, next);
      const changed = added.union(modified);
      const own = managers.get("dan")?.fields ?? FieldSet.EMPTY;
      expect(own.toJson()).toEqual(changed.toJson());
      for (const [other, { fields }] of managers) {
        if (other !== "dan")
          expect(fields.intersection(changed).union(fields.intersection(removed)).isEmpty).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("writes leave what they were given as it was", () => {
  fc.assert(
    fc.property(writes, name, anyConfig, (before, manager, config) => {
      const state = run(before);
      const texts = [state.object, config, owners(state)].map((value) => JSON.stringify(value));
      apply(state, manager, config);
      merger.update(state.object, config, "v1", state.managers, manager);
      expect([state.object, config, owners(state)].map((value) => JSON.stringify(value))).toEqual(texts);
    }),
    { numRuns: 300 },
  );
});
