import { INTEGER, map, mergeCases, object, oneVersion, STRING } from "./merge-case.fixture.js";

const versions = oneVersion({
  labels: map(STRING),
  numbers: map(INTEGER, { "x-kubernetes-map-type": "granular" }),
  struct: object({ a: STRING, b: STRING, inner: object({ c: STRING, d: STRING }) }),
  things: map(object({ a: STRING, b: STRING })),
});

mergeCases("maps and structs", versions, [
  {
    name: "keys are owned one by one",
    writes: [
      { apply: "ann", config: { labels: { a: "1" } } },
      { apply: "ben", config: { labels: { b: "2" } } },
    ],
    object: { labels: { a: "1", b: "2" } },
    owners: { ann: [".labels.a"], ben: [".labels.b"] },
  },
  {
    name: "a key that is applied no more goes",
    writes: [
      { apply: "ann", config: { labels: { a: "1", b: "2" } } },
      { apply: "ann", config: { labels: { a: "1" } } },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels.a"] },
  },
  {
    name: "a granular map merges as one of no type",
    writes: [
      { apply: "ann", config: { numbers: { a: 1 } } },
      { apply: "ben", config: { numbers: { b: 2 } } },
      { apply: "ann", config: {} },
    ],
    object: { numbers: { b: 2 } },
    owners: { ben: [".numbers.b"] },
  },
  {
    name: "a key of another value is a conflict",
    writes: [
      { apply: "ann", config: { labels: { a: "1" } } },
      { apply: "ben", config: { labels: { a: "2" } }, conflict: 'conflict with "ann": .labels.a' },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels.a"] },
  },
  {
    name: "an update owns a new map and its keys",
    writes: [{ update: "ann", object: { labels: { a: "1" } } }],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels", ".labels.a"] },
  },
  {
    name: "an update of one key owns that key",
    writes: [
      { update: "ann", object: { labels: { a: "1", b: "1" } } },
      { update: "ben", object: { labels: { a: "2", b: "1" } } },
    ],
    object: { labels: { a: "2", b: "1" } },
    owners: { ann: [".labels", ".labels.b"], ben: [".labels.a"] },
  },
  {
    name: "an empty map is owned itself",
    writes: [{ apply: "ann", config: { labels: {} } }],
    object: { labels: {} },
    owners: { ann: [".labels"] },
  },
  {
    name: "an empty map keeps what others have in it",
    writes: [
      { apply: "ann", config: { labels: { a: "1" } } },
      { apply: "ben", config: { labels: {} } },
    ],
    object: { labels: { a: "1" } },
    owners: { ann: [".labels.a"], ben: [".labels"] },
  },
  {
    name: "a map that is emptied goes when its keys are applied no more",
    writes: [
      { apply: "ann", config: { labels: { a: "1" }, struct: { a: "x" } } },
      { apply: "ann", config: { struct: { a: "x" } } },
    ],
    object: { struct: { a: "x" } },
    owners: { ann: [".struct.a"] },
  },
  {
    name: "fields of a struct are owned one by one, the struct itself is not",
    writes: [
      { apply: "ann", config: { struct: { a: "1", inner: { c: "2" } } } },
      { apply: "ben", config: { struct: { b: "3", inner: { d: "4" } } } },
    ],
    object: { struct: { a: "1", b: "3", inner: { c: "2", d: "4" } } },
    owners: { ann: [".struct.a", ".struct.inner.c"], ben: [".struct.b", ".struct.inner.d"] },
  },
  {
    name: "a struct goes with its last field",
    writes: [
      { apply: "ann", config: { struct: { inner: { c: "1" } }, labels: { x: "1" } } },
      { apply: "ann", config: { labels: { x: "1" } } },
    ],
    object: { labels: { x: "1" } },
    owners: { ann: [".labels.x"] },
  },
  {
    name: "a struct stays for the field of another",
    writes: [
      { apply: "ann", config: { struct: { a: "1", inner: { c: "1" } } } },
      { apply: "ben", config: { struct: { inner: { d: "1" } } } },
      { apply: "ann", config: { labels: { x: "1" } } },
    ],
    object: { struct: { inner: { d: "1" } }, labels: { x: "1" } },
    owners: { ann: [".labels.x"], ben: [".struct.inner.d"] },
  },
  {
    name: "a value of a map is owned with what is in it",
    writes: [{ apply: "ann", config: { things: { x: { a: "1" } } } }],
    object: { things: { x: { a: "1" } } },
    owners: { ann: [".things.x", ".things.x.a"] },
  },
  {
    name: "a value of a map goes when nobody owns it, whatever is in it",
    writes: [
      { apply: "ann", config: { things: { x: { a: "1" }, y: { a: "2" } } } },
      { apply: "ann", config: { things: { y: { a: "2" } } } },
    ],
    object: { things: { y: { a: "2" } } },
    owners: { ann: [".things.y", ".things.y.a"] },
  },
  {
    name: "a value of a map stays while another owns it",
    writes: [
      { apply: "ann", config: { things: { x: { a: "1" } } } },
      { apply: "ben", config: { things: { x: { b: "2" } } } },
      { apply: "ann", config: {} },
    ],
    object: { things: { x: { b: "2" } } },
    owners: { ben: [".things.x", ".things.x.b"] },
  },
  {
    name: "keys are data, whatever their name",
    writes: [
      { apply: "ann", config: { labels: JSON.parse('{"__proto__":"1","constructor":"2","a.b/c":"3"}') } },
      { apply: "ben", config: { labels: { toString: "4" } } },
      { apply: "ann", config: { labels: JSON.parse('{"__proto__":"5"}') } },
    ],
    object: { labels: JSON.parse('{"__proto__":"5","toString":"4"}') },
    owners: { ann: [".labels.__proto__"], ben: [".labels.toString"] },
  },
]);
