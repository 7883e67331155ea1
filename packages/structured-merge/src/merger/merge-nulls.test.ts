import {
  atomicList,
  INTEGER,
  listMap,
  map,
  mergeCases,
  object,
  oneVersion,
  STRING,
  set,
} from "./merge-case.fixture.js";

const versions = oneVersion({
  text: { ...STRING, nullable: true },
  labels: map(STRING),
  struct: object({ a: STRING, b: STRING }),
  list: atomicList(STRING),
  set: set(STRING),
  items: listMap(object({ name: STRING, value: INTEGER }), "name"),
});

mergeCases("null", versions, [
  {
    name: "a null scalar is a value like others",
    writes: [{ apply: "ann", config: { text: null } }],
    object: { text: null },
    owners: { ann: [".text"] },
  },
  {
    name: "null over a scalar is a change",
    writes: [
      { apply: "ann", config: { text: "x" } },
      { apply: "ben", config: { text: null }, conflict: 'conflict with "ann": .text' },
      { apply: "ann", config: { text: null } },
    ],
    object: { text: null },
    owners: { ann: [".text"] },
  },
  {
    name: "a null map is owned",
    writes: [{ apply: "ann", config: { labels: null } }],
    object: { labels: null },
    owners: { ann: [".labels"] },
  },
  {
    name: "a null struct is owned",
    writes: [{ apply: "ann", config: { struct: null } }],
    object: { struct: null },
    owners: { ann: [".struct"] },
  },
  {
    name: "null does not empty a map that is there",
    writes: [
      { apply: "ann", config: { labels: { a: "1" } } },
      { apply: "ben", config: { labels: null } },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels.a"], ben: [".labels"] },
  },
  {
    name: "null of the one owner empties a map",
    writes: [
      { apply: "ann", config: { labels: { a: "1" } } },
      { apply: "ann", config: { labels: null } },
    ],
    object: { labels: null },
    owners: { ann: [".labels"] },
  },
  {
    name: "a map takes the place of null",
    writes: [
      { apply: "ann", config: { labels: null } },
      { apply: "ben", config: { labels: { a: "1" } } },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels"], ben: [".labels.a"] },
  },
  {
    name: "an empty map in place of null is a change of the map",
    writes: [
      { update: "ann", object: { labels: null } },
      { update: "ben", object: { labels: {} } },
    ],
    object: { labels: {} },
    owners: { ben: [".labels"] },
  },
  {
    name: "a null atomic list is owned and differs from an empty one",
    writes: [
      { apply: "ann", config: { list: null } },
      { apply: "ben", config: { list: [] }, conflict: 'conflict with "ann": .list' },
    ],
    object: { list: null },
    owners: { ann: [".list"] },
  },
  {
    name: "a null set is owned, an empty one is not",
    writes: [
      { apply: "ann", config: { set: null } },
      { apply: "ben", config: { set: [], labels: { a: "1" } }, force: true },
    ],
    object: { set: [], labels: { a: "1" } },
    owners: { ben: [".labels.a"] },
  },
  {
    name: "null does not empty a list of type map that is there",
    writes: [
      { apply: "ann", config: { items: [{ name: "a" }] } },
      { apply: "ben", config: { items: null } },
    ],
    object: { items: [{ name: "a" }] },
    owners: { ann: ['.items[name="a"]', '.items[name="a"].name'], ben: [".items"] },
  },
  {
    name: "null in an item is a value of its field",
    writes: [
      { apply: "ann", config: { items: [{ name: "a", value: null }] } },
      { apply: "ben", config: { items: [{ name: "a", value: 1 }] }, force: true },
    ],
    object: { items: [{ name: "a", value: 1 }] },
    owners: {
      ann: ['.items[name="a"]', '.items[name="a"].name'],
      ben: ['.items[name="a"]', '.items[name="a"].name', '.items[name="a"].value'],
    },
  },
  {
    name: "a null that is applied no more goes",
    writes: [
      { apply: "ann", config: { text: null, labels: { a: "1" } } },
      { apply: "ann", config: { labels: { a: "1" } } },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels.a"] },
  },
]);
