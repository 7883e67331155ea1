import {
  ATOMIC,
  atomicList,
  INTEGER,
  listMap,
  map,
  mergeCases,
  object,
  oneVersion,
  STRING,
} from "./merge-case.fixture.js";

const versions = oneVersion({
  list: atomicList(STRING),
  plain: { type: "array", items: STRING },
  map: map(STRING, ATOMIC),
  struct: object({ a: INTEGER, b: INTEGER, inner: object({ c: STRING }) }, ATOMIC),
  items: listMap(object({ name: STRING, value: STRING }, ATOMIC), "name"),
  lists: map(atomicList(STRING)),
});

mergeCases("what is atomic", versions, [
  {
    name: "an atomic list is owned as one",
    writes: [{ apply: "ann", config: { list: ["a", "b"] } }],
    object: { list: ["a", "b"] },
    owners: { ann: [".list"] },
  },
  {
    name: "a list of no type is atomic",
    writes: [{ apply: "ann", config: { plain: ["a"] } }],
    object: { plain: ["a"] },
    owners: { ann: [".plain"] },
  },
  {
    name: "an atomic list is replaced",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { apply: "ann", config: { list: ["c"] } },
    ],
    object: { list: ["c"] },
    owners: { ann: [".list"] },
  },
  {
    name: "another atomic list is a conflict",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ben", config: { list: ["a", "b"] }, conflict: 'conflict with "ann": .list' },
    ],
    object: { list: ["a"] },
    owners: { ann: [".list"] },
  },
  {
    name: "the same atomic list is shared",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ben", config: { list: ["a"] } },
    ],
    object: { list: ["a"] },
    owners: { ann: [".list"], ben: [".list"] },
  },
  {
    name: "the order of an atomic list is a change",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { update: "ben", object: { list: ["b", "a"] } },
    ],
    object: { list: ["b", "a"] },
    owners: { ben: [".list"] },
  },
  {
    name: "an empty atomic list is owned",
    writes: [{ apply: "ann", config: { list: [] } }],
    object: { list: [] },
    owners: { ann: [".list"] },
  },
  {
    name: "an atomic map is replaced as one",
    writes: [
      { apply: "ann", config: { map: { a: "1", b: "2" } } },
      { apply: "ann", config: { map: { b: "3" } } },
    ],
    object: { map: { b: "3" } },
    owners: { ann: [".map"] },
  },
  {
    name: "an atomic map with one more key is a conflict",
    writes: [
      { apply: "ann", config: { map: { a: "1" } } },
      { apply: "ben", config: { map: { b: "1" } }, conflict: 'conflict with "ann": .map' },
      { apply: "ben", config: { map: { b: "1" } }, force: true },
    ],
    object: { map: { b: "1" } },
    owners: { ben: [".map"] },
  },
  {
    name: "the order of keys in an atomic map is no change",
    writes: [
      { apply: "ann", config: { map: { a: "1", b: "2" } } },
      { apply: "ben", config: { map: { b: "2", a: "1" } } },
    ],
    object: { map: { a: "1", b: "2" } },
    owners: { ann: [".map"], ben: [".map"] },
  },
  {
    name: "a field in an atomic struct is the struct",
    writes: [
      { apply: "ann", config: { struct: { a: 1, inner: { c: "x" } } } },
      { update: "ben", object: { struct: { a: 1, b: 2, inner: { c: "x" } } } },
    ],
    object: { struct: { a: 1, b: 2, inner: { c: "x" } } },
    owners: { ben: [".struct"] },
  },
  {
    name: "an atomic struct goes as one",
    writes: [
      { apply: "ann", config: { struct: { a: 1 }, list: ["a"] } },
      { apply: "ann", config: { list: ["a"] } },
    ],
    object: { list: ["a"] },
    owners: { ann: [".list"] },
  },
  {
    name: "atomic items of a list are owned by their key alone",
    writes: [
      { apply: "ann", config: { items: [{ name: "a", value: "1" }] } },
      { apply: "ben", config: { items: [{ name: "b", value: "2" }] } },
    ],
    object: {
      items: [
        { name: "a", value: "1" },
        { name: "b", value: "2" },
      ],
    },
    owners: { ann: ['.items[name="a"]'], ben: ['.items[name="b"]'] },
  },
  {
    name: "an atomic item with another value is a conflict of the item",
    writes: [
      { apply: "ann", config: { items: [{ name: "a", value: "1" }] } },
      { apply: "ben", config: { items: [{ name: "a" }] }, conflict: 'conflict with "ann": .items[name="a"]' },
    ],
    object: { items: [{ name: "a", value: "1" }] },
    owners: { ann: ['.items[name="a"]'] },
  },
  {
    name: "atomic lists in a map are told apart by their keys",
    writes: [
      { apply: "ann", config: { lists: { x: ["1"], y: ["2"] } } },
      { apply: "ben", config: { lists: { z: ["3"], y: ["2"] } } },
      { apply: "ann", config: { lists: { x: ["1", "4"] } } },
    ],
    object: { lists: { x: ["1", "4"], y: ["2"], z: ["3"] } },
    owners: { ann: [".lists.x"], ben: [".lists.y", ".lists.z"] },
  },
]);
