import { describe, expect, test } from "vitest";
import {
  ATOMIC,
  atomicList,
  listMap,
  type MergeState,
  map,
  NOTHING_YET,
  object,
  oneVersion,
  ownersOf,
  PRESERVE,
  type Properties,
  STRING,
  set,
  type Write,
  write,
} from "./merge-case.fixture.js";

const ITEM = object({ name: STRING, value: STRING });

interface SchemaChange {
  readonly name: string;
  readonly before: Properties;
  readonly after: Properties;
  /** Written under the one schema and under the other. */
  readonly first: Write;
  readonly next: Write;
  readonly owners: { readonly [manager: string]: readonly string[] };
}

const labels = { apply: "ann", config: { labels: { a: "1", b: "2" } } };
const other = { apply: "ben", config: { other: "x" } };
const changes: readonly SchemaChange[] = [
  {
    name: "a map that becomes atomic is owned by who owned a key",
    before: { labels: map(STRING), other: STRING },
    after: { labels: map(STRING, ATOMIC), other: STRING },
    first: labels,
    next: other,
    owners: { ann: [".labels"], ben: [".other"] },
  },
  {
    name: "a struct that becomes atomic is owned by who owned a field",
    before: { labels: object({ a: STRING, b: STRING }), other: STRING },
    after: { labels: object({ a: STRING, b: STRING }, ATOMIC), other: STRING },
    first: labels,
    next: other,
    owners: { ann: [".labels"], ben: [".other"] },
  },
  {
    name: "a list that becomes atomic is owned by who owned an item",
    before: { list: listMap(ITEM, "name"), other: STRING },
    after: { list: atomicList(ITEM), other: STRING },
    first: { apply: "ann", config: { list: [{ name: "a", value: "1" }] } },
    next: other,
    owners: { ann: [".list"], ben: [".other"] },
  },
  {
    name: "a set that becomes atomic is owned by who owned an item",
    before: { list: set(STRING), other: STRING },
    after: { list: atomicList(STRING), other: STRING },
    first: { apply: "ann", config: { list: ["a", "b"] } },
    next: other,
    owners: { ann: [".list"], ben: [".other"] },
  },
  {
    name: "items that become atomic are owned by their key alone",
    before: { list: listMap(ITEM, "name"), other: STRING },
    after: { list: listMap({ ...ITEM, ...ATOMIC }, "name"), other: STRING },
    first: { apply: "ann", config: { list: [{ name: "a", value: "1" }] } },
    next: other,
    owners: { ann: ['.list[name="a"]'], ben: [".other"] },
  },
  {
    name: "a map that becomes granular stays owned as it was",
    before: { labels: map(STRING, ATOMIC), other: STRING },
    after: { labels: map(STRING), other: STRING },
    first: labels,
    next: other,
    owners: { ann: [".labels"], ben: [".other"] },
  },
  {
    name: "a map that became granular is owned by keys after the next apply",
    before: { labels: map(STRING, ATOMIC), other: STRING },
    after: { labels: map(STRING), other: STRING },
    first: labels,
    next: { apply: "ann", config: { labels: { a: "1" } } },
    owners: { ann: [".labels.a"] },
  },
  {
    name: "what becomes atomic deep inside is changed alone",
    before: { labels: object({ a: map(STRING), b: STRING }), other: STRING },
    after: { labels: object({ a: map(STRING, ATOMIC), b: STRING }), other: STRING },
    first: { apply: "ann", config: { labels: { a: { x: "1" }, b: "2" } } },
    next: other,
    owners: { ann: [".labels.a", ".labels.b"], ben: [".other"] },
  },
  {
    name: "a field that the schema has no more stays owned",
    before: { old: STRING, kept: STRING },
    after: { kept: STRING },
    first: { apply: "ann", config: { old: "1", kept: "1" } },
    next: { apply: "ben", config: { kept: "1" } },
    owners: { ann: [".kept", ".old"], ben: [".kept"] },
  },
  {
    name: "what becomes deduced is left alone",
    before: { labels: map(STRING), other: STRING },
    after: { labels: { type: "object", ...PRESERVE }, other: STRING },
    first: labels,
    next: other,
    owners: { ann: [".labels.a", ".labels.b"], ben: [".other"] },
  },
];

describe("schemas that have changed", () => {
  test.each(changes)("$name", ({ before, after, first, next, owners }) => {
    const state: MergeState = write(oneVersion(before), NOTHING_YET, first);
    expect(ownersOf(write(oneVersion(after), state, next).managers)).toEqual(owners);
  });

  test("an update sees what has become atomic, too", () => {
    const state = write(oneVersion({ labels: map(STRING) }), NOTHING_YET, labels);
    const after = oneVersion({ labels: map(STRING, ATOMIC) });
    const changed = write(after, state, { update: "ben", object: { labels: { a: "1", b: "3" } } });
    expect(ownersOf(changed.managers)).toEqual({ ben: [".labels"] });
  });
});
