import { INTEGER, listMap, map, mergeCases, object, oneVersion, STRING } from "./merge-case.fixture.js";

const versions = oneVersion({
  a: STRING,
  b: STRING,
  c: STRING,
  labels: map(STRING),
  list: listMap(object({ name: STRING, port: INTEGER, value: STRING }), "name", "port"),
});

mergeCases("conflicts", versions, [
  {
    name: "the same value is none",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ben", config: { a: "1" } },
    ],
    object: { a: "1" },
    owners: { ann: [".a"], ben: [".a"] },
  },
  {
    name: "one field and one manager",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ben", config: { a: "2" }, conflict: 'conflict with "ann": .a' },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "several fields of one manager",
    writes: [
      { apply: "ann", config: { a: "1", b: "1", labels: { x: "1" } } },
      {
        apply: "ben",
        config: { b: "2", labels: { x: "2" }, a: "2" },
        conflict: 'conflicts with "ann":\n- .a\n- .b\n- .labels.x',
      },
    ],
    object: { a: "1", b: "1", labels: { x: "1" } },
    owners: { ann: [".a", ".b", ".labels.x"] },
  },
  {
    name: "several managers, sorted by name",
    writes: [
      { apply: "zoe", config: { a: "1", b: "1" } },
      { apply: "ann", config: { a: "1", c: "1" } },
      {
        apply: "ben",
        config: { a: "2", b: "2" },
        conflict: 'conflicts with "ann":\n- .a\nconflicts with "zoe":\n- .a\n- .b',
      },
    ],
    object: { a: "1", b: "1", c: "1" },
    owners: { zoe: [".a", ".b"], ann: [".a", ".c"] },
  },
  {
    name: "a manager's name is quoted as Go does",
    writes: [
      { apply: 'a"nn\n\u200b', config: { a: "1" } },
      { apply: "ben", config: { a: "2" }, conflict: 'conflict with "a\\"nn\\n\\u200b": .a' },
    ],
    object: { a: "1" },
    owners: { 'a"nn\n\u200b': [".a"] },
  },
  {
    name: "with one who updated, too",
    writes: [
      { update: "ann", object: { a: "1" } },
      { apply: "ben", config: { a: "2" }, conflict: 'conflict with "ann": .a' },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
  {
    name: "within items of a list",
    writes: [
      { apply: "ann", config: { list: [{ name: "x", port: 1000000, value: "1" }] } },
      {
        apply: "ben",
        config: { list: [{ name: "x", port: 1000000, value: "2" }] },
        conflict: 'conflict with "ann": .list[name="x",port=1e+06].value',
      },
    ],
    object: { list: [{ name: "x", port: 1000000, value: "1" }] },
    owners: {
      ann: ["", ".name", ".port", ".value"].map((field) => `.list[name="x",port=1e+06]${field}`),
    },
  },
  {
    name: "force takes the field and leaves the rest",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { apply: "ben", config: { a: "2" }, force: true },
    ],
    object: { a: "2", b: "1" },
    owners: { ann: [".b"], ben: [".a"] },
  },
  {
    name: "force takes the last field, and its owner is gone",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ben", config: { a: "2" }, force: true },
    ],
    object: { a: "2" },
    owners: { ben: [".a"] },
  },
  {
    name: "force takes from all owners",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ben", config: { a: "1", b: "1" } },
      { apply: "cid", config: { a: "2" }, force: true },
    ],
    object: { a: "2", b: "1" },
    owners: { ben: [".b"], cid: [".a"] },
  },
  {
    name: "force takes nothing that has the same value",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { apply: "ben", config: { a: "1", b: "2" }, force: true },
    ],
    object: { a: "1", b: "2" },
    owners: { ann: [".a"], ben: [".a", ".b"] },
  },
  {
    name: "there is none with oneself",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { apply: "ann", config: { a: "2" } },
      { update: "ben", object: { a: "3" } },
      { apply: "ann", config: { a: "4" }, conflict: 'conflict with "ben": .a' },
    ],
    object: { a: "3" },
    owners: { ben: [".a"] },
  },
  {
    name: "there is none over what nobody owns",
    writes: [
      { update: "ann", object: { a: "1", b: "1" } },
      { update: "ann", object: { a: "1", b: "1", c: "1" } },
      { apply: "ben", config: { labels: { x: "1" } } },
    ],
    object: { a: "1", b: "1", c: "1", labels: { x: "1" } },
    owners: { ann: [".a", ".b", ".c"], ben: [".labels.x"] },
  },
  {
    name: "an update takes what it changes and asks nobody",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { update: "ben", object: { a: "2", b: "1" } },
    ],
    object: { a: "2", b: "1" },
    owners: { ann: [".b"], ben: [".a"] },
  },
  {
    name: "an update that removes a field takes it from all",
    writes: [
      { apply: "ann", config: { a: "1", b: "1" } },
      { apply: "ben", config: { a: "1" } },
      { update: "cid", object: { b: "1" } },
    ],
    object: { b: "1" },
    owners: { ann: [".b"] },
  },
  {
    name: "an update that changes nothing owns nothing",
    writes: [
      { apply: "ann", config: { a: "1" } },
      { update: "ben", object: { a: "1" } },
    ],
    object: { a: "1" },
    owners: { ann: [".a"] },
  },
]);
