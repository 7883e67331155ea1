import { BOOLEAN, INTEGER, listMap, map, mergeCases, object, oneVersion, STRING, set } from "./merge-case.fixture.js";

const versions = oneVersion({
  list: listMap(object({ name: STRING, value: INTEGER, more: STRING }), "name"),
  ports: listMap(object({ port: INTEGER, protocol: { ...STRING, default: "TCP" }, name: STRING }), "port", "protocol"),
  flags: listMap(object({ on: BOOLEAN, text: STRING }), "on"),
  nested: listMap(object({ name: STRING, tags: set(STRING), labels: map(STRING) }), "name"),
});
const a = '.list[name="a"]';
const b = '.list[name="b"]';

mergeCases("lists of type map", versions, [
  {
    name: "an item is owned with its key and its fields",
    writes: [{ apply: "ann", config: { list: [{ name: "a", value: 1 }] } }],
    object: { list: [{ name: "a", value: 1 }] },
    owners: { ann: [a, `${a}.name`, `${a}.value`] },
  },
  {
    name: "items of two managers stand side by side",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { apply: "ben", config: { list: [{ name: "b", value: 2 }] } },
    ],
    object: {
      list: [
        { name: "a", value: 1 },
        { name: "b", value: 2 },
      ],
    },
    owners: { ann: [a, `${a}.name`, `${a}.value`], ben: [b, `${b}.name`, `${b}.value`] },
  },
  {
    name: "two managers have a field each in one item",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { apply: "ben", config: { list: [{ name: "a", more: "x" }] } },
    ],
    object: { list: [{ name: "a", value: 1, more: "x" }] },
    owners: { ann: [a, `${a}.name`, `${a}.value`], ben: [a, `${a}.more`, `${a}.name`] },
  },
  {
    name: "a field goes from an item that another owns too",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { apply: "ben", config: { list: [{ name: "a", more: "x" }] } },
      { apply: "ann", config: { list: [] } },
    ],
    object: { list: [{ name: "a", more: "x" }] },
    owners: { ben: [a, `${a}.more`, `${a}.name`] },
  },
  {
    name: "an item goes with its last owner, and with it what nobody owns in it",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }, { name: "b" }] } },
      { apply: "ann", config: { list: [{ name: "b" }] } },
    ],
    object: { list: [{ name: "b" }] },
    owners: { ann: [b, `${b}.name`] },
  },
  {
    name: "another value of a field is a conflict",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { apply: "ben", config: { list: [{ name: "a", value: 2 }] }, conflict: `conflict with "ann": ${a}.value` },
    ],
    object: { list: [{ name: "a", value: 1 }] },
    owners: { ann: [a, `${a}.name`, `${a}.value`] },
  },
  {
    name: "the order of the configuration counts for shared items",
    writes: [
      { apply: "ann", config: { list: [{ name: "a" }, { name: "b" }] } },
      { apply: "ben", config: { list: [{ name: "b" }, { name: "a" }] } },
    ],
    object: { list: [{ name: "b" }, { name: "a" }] },
    owners: { ann: [a, b, `${a}.name`, `${b}.name`], ben: [a, b, `${a}.name`, `${b}.name`] },
  },
  {
    name: "an item of another keeps its place before the one that it preceded",
    writes: [
      { apply: "ann", config: { list: [{ name: "c" }, { name: "a" }, { name: "b" }] } },
      { apply: "ben", config: { list: [{ name: "b" }, { name: "a" }] } },
      { apply: "ann", config: { list: [{ name: "c" }] } },
    ],
    object: { list: [{ name: "c" }, { name: "b" }, { name: "a" }] },
    owners: { ann: ['.list[name="c"]', '.list[name="c"].name'], ben: [a, b, `${a}.name`, `${b}.name`] },
  },
  {
    name: "an update owns a new item whole",
    writes: [
      { apply: "ann", config: { list: [{ name: "a" }] } },
      { update: "ben", object: { list: [{ name: "a" }, { name: "b", value: 1 }] } },
    ],
    object: { list: [{ name: "a" }, { name: "b", value: 1 }] },
    owners: { ann: [a, `${a}.name`], ben: [b, `${b}.name`, `${b}.value`] },
  },
  {
    name: "an update that removes an item takes it from all",
    writes: [
      { apply: "ann", config: { list: [{ name: "a" }, { name: "b", value: 1 }] } },
      { apply: "ben", config: { list: [{ name: "b" }] } },
      { update: "cid", object: { list: [{ name: "a" }] } },
    ],
    object: { list: [{ name: "a" }] },
    owners: { ann: [a, `${a}.name`] },
  },
  {
    name: "a key that is changed by an update is another item",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { update: "ben", object: { list: [{ name: "b", value: 1 }] } },
    ],
    object: { list: [{ name: "b", value: 1 }] },
    owners: { ben: [b, `${b}.name`, `${b}.value`] },
  },
  {
    name: "several keys are one",
    writes: [
      { apply: "ann", config: { ports: [{ port: 80, protocol: "TCP", name: "x" }] } },
      { apply: "ben", config: { ports: [{ port: 80, protocol: "UDP", name: "y" }] } },
    ],
    object: {
      ports: [
        { port: 80, protocol: "TCP", name: "x" },
        { port: 80, protocol: "UDP", name: "y" },
      ],
    },
    owners: {
      ann: ["", ".name", ".port", ".protocol"].map((field) => `.ports[port=80,protocol="TCP"]${field}`),
      ben: ["", ".name", ".port", ".protocol"].map((field) => `.ports[port=80,protocol="UDP"]${field}`),
    },
  },
  {
    name: "a default stands in for a key that is missing",
    writes: [
      { apply: "ann", config: { ports: [{ port: 80, name: "x" }] } },
      { apply: "ben", config: { ports: [{ port: 80, protocol: "TCP" }] } },
    ],
    object: { ports: [{ port: 80, name: "x", protocol: "TCP" }] },
    owners: {
      ann: ["", ".name", ".port"].map((field) => `.ports[port=80,protocol="TCP"]${field}`),
      ben: ["", ".port", ".protocol"].map((field) => `.ports[port=80,protocol="TCP"]${field}`),
    },
  },
  {
    name: "a default stands in for the key of an item that is removed",
    writes: [
      { apply: "ann", config: { ports: [{ port: 80 }, { port: 81 }] } },
      { apply: "ann", config: { ports: [{ port: 81, protocol: "TCP" }] } },
    ],
    object: { ports: [{ port: 81, protocol: "TCP" }] },
    owners: { ann: ["", ".port", ".protocol"].map((field) => `.ports[port=81,protocol="TCP"]${field}`) },
  },
  {
    name: "an item may lack one of several keys",
    writes: [
      { apply: "ann", config: { ports: [{ name: "x" }] } },
      { apply: "ben", config: { ports: [{ port: 1 }] } },
    ],
    object: { ports: [{ name: "x" }, { port: 1 }] },
    owners: {
      ann: ['.ports[protocol="TCP"]', '.ports[protocol="TCP"].name'],
      ben: ['.ports[port=1,protocol="TCP"]', '.ports[port=1,protocol="TCP"].port'],
    },
  },
  {
    name: "keys of other types than text tell items apart",
    writes: [
      { apply: "ann", config: { flags: [{ on: true, text: "x" }, { on: false }] } },
      { apply: "ann", config: { flags: [{ on: false }] } },
    ],
    object: { flags: [{ on: false }] },
    owners: { ann: [".flags[on=false]", ".flags[on=false].on"] },
  },
  {
    name: "sets and maps in items merge as elsewhere",
    writes: [
      { apply: "ann", config: { nested: [{ name: "a", tags: ["x"], labels: { k: "1" } }] } },
      { apply: "ben", config: { nested: [{ name: "a", tags: ["y"], labels: { l: "2" } }] } },
      { apply: "ann", config: { nested: [{ name: "a" }] } },
    ],
    object: { nested: [{ name: "a", tags: ["y"], labels: { l: "2" } }] },
    owners: {
      ann: ['.nested[name="a"]', '.nested[name="a"].name'],
      ben: [
        '.nested[name="a"]',
        '.nested[name="a"].name',
        '.nested[name="a"].labels.l',
        '.nested[name="a"].tags[="y"]',
      ],
    },
  },
]);
