import { listMap, map, mergeCases, object, oneVersion, STRING, set } from "./merge-case.fixture.js";

const versions = oneVersion({
  a: STRING,
  b: STRING,
  labels: map(STRING),
  list: listMap(object({ name: STRING, value: STRING, tags: set(STRING) }), "name"),
  struct: object({ x: STRING, y: STRING, deep: object({ z: STRING, list: set(STRING) }) }),
});
const item = '.list[name="n"]';

mergeCases("what is applied no more", versions, [
  {
    name: "goes when nobody else owns it",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "stays when another applies it",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { apply: "ben", config: { b: "1" } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1", b: "1" },
    owners: { ann: [".a"], ben: [".b"] },
  },
  {
    name: "stays when another has set it by an update since",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { update: "ben", object: { a: "1", b: "2" } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1", b: "2" },
    owners: { ann: [".a"], ben: [".b"] },
  },
  {
    name: "was set by an update and stays",
    writes: [
      { update: "ann", object: { a: "1", b: "1" } },
      { apply: "ben", config: { a: "1" } },
      { apply: "ben", config: { labels: { x: "1" } } },
    ],
    object: { a: "1", b: "1", labels: { x: "1" } },
    owners: { ann: [".a", ".b"], ben: [".labels.x"] },
  },
  {
    name: "was set by an update of the same name and goes with its first apply",
    writes: [
      { update: "ann", object: { a: "1", b: "1" } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "is all that a manager had: the manager is gone",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ben", config: { b: "1" } },
      { apply: "ann", config: {} },
    ],
    object: { b: "1" },
    owners: { ben: [".b"] },
  },
  {
    name: "is a struct with a field of another",
    writes: [
      { apply: "ann", config: { struct: { x: "1", deep: { z: "1", list: ["i"] } } } },
      { apply: "ben", config: { struct: { deep: { list: ["j"] } } } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1", struct: { deep: { list: ["j"] } } },
    owners: { ann: [".a"], ben: ['.struct.deep.list[="j"]'] },
  },
  {
    name: "is the last item of a set within a struct",
    writes: [
      { apply: "ann", config: { struct: { x: "1", deep: { list: ["i"] } } } },
      { apply: "ann", config: { struct: { x: "1" } } },
    ],
    object: { struct: { x: "1" } },
    owners: { ann: [".struct.x"] },
  },
  {
    name: "is a field of an item that is still applied",
    writes: [
      { apply: "ann", config: { list: [{ name: "n", value: "1", tags: ["t"] }] } },
      { apply: "ann", config: { list: [{ name: "n", tags: ["t"] }] } },
    ],
    object: { list: [{ name: "n", tags: ["t"] }] },
    owners: { ann: [item, `${item}.name`, `${item}.tags[="t"]`] },
  },
  {
    name: "is an item with a field that an update added: as upstream, the list is left with null",
    writes: [
      { apply: "ann", config: { list: [{ name: "n", value: "1" }] } },
      { update: "ben", object: { list: [{ name: "n", value: "1", tags: ["t"] }] } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { list: null, a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "is an item that an update also owns",
    writes: [
      { update: "ben", object: { list: [{ name: "n", tags: ["t"] }] } },
      { apply: "ann", config: { list: [{ name: "n", value: "1" }] } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { list: [{ name: "n", tags: ["t"] }], a: "1" },
    owners: { ben: [".list", item, `${item}.name`, `${item}.tags`, `${item}.tags[="t"]`], ann: [".a"] },
  },
  {
    name: "is a key of a map that another emptied before",
    writes: [
      { apply: "ann", config: { labels: { x: "1", y: "1" } } },
      { update: "ben", object: { labels: {} } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { labels: {}, a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "comes back with the next apply",
    writes: [
      { apply: "ann", config: { a: "1", labels: { x: "1" } } },
      { apply: "ann", config: { a: "1" } },
      { apply: "ann", config: { a: "1", labels: { x: "2" } } },
    ],
    object: { a: "1", labels: { x: "2" } },
    owners: { ann: [".a", ".labels.x"] },
  },
  {
    name: "was removed by another before: there is nothing to do",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { update: "ben", object: { a: "1" } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
]);
