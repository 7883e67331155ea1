import { ATOMIC, listMap, map, mergeCases, object, oneVersion, STRING, set } from "./merge-case.fixture.js";

const versions = oneVersion({
  lists: listMap(object({ name: STRING, inner: listMap(object({ id: STRING, value: STRING }), "id") }), "name"),
  maps: map(map(STRING)),
  mapOfLists: map(set(STRING)),
  listOfMaps: listMap(object({ name: STRING, labels: map(STRING, ATOMIC) }), "name"),
  structs: object({ a: object({ b: object({ c: STRING, d: STRING }) }) }),
});
const outer = '.lists[name="a"]';
const inner = '.lists[name="a"].inner[id="x"]';

mergeCases("what lies in another", versions, [
  {
    name: "a list in a list",
    writes: [{ apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "x", value: "1" }] }] } }],
    object: { lists: [{ name: "a", inner: [{ id: "x", value: "1" }] }] },
    owners: { ann: [outer, `${outer}.name`, inner, `${inner}.id`, `${inner}.value`] },
  },
  {
    name: "items of two managers in a list in an item of one",
    writes: [
      { apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "x" }] }] } },
      { apply: "ben", config: { lists: [{ name: "a", inner: [{ id: "y" }] }] } },
      { apply: "ann", config: { lists: [{ name: "a" }] } },
    ],
    object: { lists: [{ name: "a", inner: [{ id: "y" }] }] },
    owners: {
      ann: [outer, `${outer}.name`],
      ben: [outer, `${outer}.name`, `${outer}.inner[id="y"]`, `${outer}.inner[id="y"].id`],
    },
  },
  {
    name: "an outer item that goes takes inner ones along",
    writes: [
      { apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "x" }, { id: "y" }] }, { name: "b" }] } },
      { apply: "ann", config: { lists: [{ name: "b" }] } },
    ],
    object: { lists: [{ name: "b" }] },
    owners: { ann: ['.lists[name="b"]', '.lists[name="b"].name'] },
  },
  {
    name: "the order of inner items is the configuration's",
    writes: [
      { apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "x" }, { id: "y" }] }] } },
      { apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "y" }, { id: "x" }] }] } },
    ],
    object: { lists: [{ name: "a", inner: [{ id: "y" }, { id: "x" }] }] },
    owners: {
      ann: [outer, `${outer}.name`, inner, `${outer}.inner[id="y"]`, `${inner}.id`, `${outer}.inner[id="y"].id`],
    },
  },
  {
    name: "a conflict deep inside",
    writes: [
      { apply: "ann", config: { lists: [{ name: "a", inner: [{ id: "x", value: "1" }] }] } },
      {
        apply: "ben",
        config: { lists: [{ name: "a", inner: [{ id: "x", value: "2" }] }] },
        conflict: `conflict with "ann": ${inner}.value`,
      },
    ],
    object: { lists: [{ name: "a", inner: [{ id: "x", value: "1" }] }] },
    owners: { ann: [outer, `${outer}.name`, inner, `${inner}.id`, `${inner}.value`] },
  },
  {
    name: "a map in a map",
    writes: [
      { apply: "ann", config: { maps: { a: { x: "1" } } } },
      { apply: "ben", config: { maps: { a: { y: "2" }, b: {} } } },
      { apply: "ann", config: { maps: {} } },
    ],
    object: { maps: { a: { y: "2" }, b: {} } },
    owners: { ann: [".maps"], ben: [".maps.a", ".maps.b", ".maps.a.y"] },
  },
  {
    name: "a set in a map",
    writes: [
      { apply: "ann", config: { mapOfLists: { a: ["1"] } } },
      { apply: "ben", config: { mapOfLists: { a: ["2"], b: [] } } },
      { apply: "ann", config: { mapOfLists: { a: [] } } },
    ],
    object: { mapOfLists: { a: ["2"], b: [] } },
    owners: { ann: [".mapOfLists.a"], ben: [".mapOfLists.a", ".mapOfLists.b", '.mapOfLists.a[="2"]'] },
  },
  {
    name: "an atomic map in an item",
    writes: [
      { apply: "ann", config: { listOfMaps: [{ name: "a", labels: { x: "1" } }] } },
      {
        apply: "ben",
        config: { listOfMaps: [{ name: "a", labels: { y: "1" } }] },
        conflict: 'conflict with "ann": .listOfMaps[name="a"].labels',
      },
    ],
    object: { listOfMaps: [{ name: "a", labels: { x: "1" } }] },
    owners: {
      ann: ['.listOfMaps[name="a"]', '.listOfMaps[name="a"].labels', '.listOfMaps[name="a"].name'],
    },
  },
  {
    name: "structs in structs, of which only leaves are owned",
    writes: [
      { apply: "ann", config: { structs: { a: { b: { c: "1" } } } } },
      { apply: "ben", config: { structs: { a: { b: { d: "2" } } } } },
      { apply: "ann", config: { maps: {} } },
    ],
    object: { structs: { a: { b: { d: "2" } } }, maps: {} },
    owners: { ann: [".maps"], ben: [".structs.a.b.d"] },
  },
  {
    name: "an update owns all structs on the way to what it adds",
    writes: [
      { apply: "ann", config: { structs: { a: {} } } },
      { update: "ben", object: { structs: { a: { b: { c: "1" } } } } },
    ],
    object: { structs: { a: { b: { c: "1" } } } },
    owners: { ann: [".structs.a"], ben: [".structs.a.b", ".structs.a.b.c"] },
  },
  {
    name: "metadata has its sets and maps",
    writes: [
      {
        apply: "ann",
        config: { metadata: { labels: { a: "1" }, finalizers: ["x/a"], ownerReferences: [{ uid: "1", name: "n" }] } },
      },
      { apply: "ben", config: { metadata: { finalizers: ["x/b"], ownerReferences: [{ uid: "2" }] } } },
      { apply: "ann", config: { metadata: { labels: { b: "1" } } } },
    ],
    object: { metadata: { labels: { b: "1" }, finalizers: ["x/b"], ownerReferences: [{ uid: "2" }] } },
    owners: {
      ann: [".metadata.labels.b"],
      ben: ['.metadata.finalizers[="x/b"]', '.metadata.ownerReferences[uid="2"]'],
    },
  },
]);
