import { atomicList, INTEGER, mergeCases, oneVersion, STRING, set } from "./merge-case.fixture.js";

const versions = oneVersion({ list: set(STRING), numbers: set(INTEGER), other: atomicList(STRING) });

mergeCases("sets", versions, [
  {
    name: "two managers add to one set",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { apply: "ben", config: { list: ["c", "d"] } },
    ],
    object: { list: ["a", "b", "c", "d"] },
    owners: { ann: ['.list[="a"]', '.list[="b"]'], ben: ['.list[="c"]', '.list[="d"]'] },
  },
  {
    name: "an item may have two owners",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { apply: "ben", config: { list: ["b", "c"] } },
    ],
    object: { list: ["a", "b", "c"] },
    owners: { ann: ['.list[="a"]', '.list[="b"]'], ben: ['.list[="b"]', '.list[="c"]'] },
  },
  {
    name: "an item goes with its last owner",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { apply: "ben", config: { list: ["b", "c"] } },
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ben", config: { list: ["c"] } },
    ],
    object: { list: ["a", "c"] },
    owners: { ann: ['.list[="a"]'], ben: ['.list[="c"]'] },
  },
  {
    name: "an item that another owns stays",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { apply: "ben", config: { list: ["b"] } },
      { apply: "ann", config: { list: ["a"] } },
    ],
    object: { list: ["a", "b"] },
    owners: { ann: ['.list[="a"]'], ben: ['.list[="b"]'] },
  },
  {
    name: "the order of the configuration counts",
    writes: [
      { apply: "ann", config: { list: ["a", "b", "c"] } },
      { apply: "ann", config: { list: ["c", "a", "b"] } },
    ],
    object: { list: ["c", "a", "b"] },
    owners: { ann: ['.list[="a"]', '.list[="b"]', '.list[="c"]'] },
  },
  {
    name: "items of others stay before those that follow them",
    writes: [
      { apply: "ann", config: { list: ["a", "b", "c"] } },
      { apply: "ben", config: { list: ["c", "x", "a"] } },
    ],
    object: { list: ["b", "c", "x", "a"] },
    owners: {
      ann: ['.list[="a"]', '.list[="b"]', '.list[="c"]'],
      ben: ['.list[="a"]', '.list[="c"]', '.list[="x"]'],
    },
  },
  {
    name: "new items stand where the configuration has them between shared ones",
    writes: [
      { apply: "ann", config: { list: ["a", "d"] } },
      { apply: "ben", config: { list: ["a", "b", "c", "d"] } },
    ],
    object: { list: ["a", "b", "c", "d"] },
    owners: {
      ann: ['.list[="a"]', '.list[="d"]'],
      ben: ['.list[="a"]', '.list[="b"]', '.list[="c"]', '.list[="d"]'],
    },
  },
  {
    name: "what follows a shared item stays behind it",
    writes: [
      { update: "ann", object: { list: ["a", "x"] } },
      { apply: "ben", config: { list: ["n", "a"] } },
    ],
    object: { list: ["n", "a", "x"] },
    owners: { ann: [".list", '.list[="a"]', '.list[="x"]'], ben: ['.list[="a"]', '.list[="n"]'] },
  },
  {
    name: "a set without shared items follows the live one",
    writes: [
      { update: "ann", object: { list: ["z", "y"] } },
      { apply: "ben", config: { list: ["a"] } },
    ],
    object: { list: ["z", "y", "a"] },
    owners: { ann: [".list", '.list[="y"]', '.list[="z"]'], ben: ['.list[="a"]'] },
  },
  {
    name: "an empty set in a configuration owns nothing and removes nothing of others",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ben", config: { list: [] } },
    ],
    object: { list: ["a"] },
    owners: { ann: ['.list[="a"]'] },
  },
  {
    name: "a set that is emptied by its owner is the empty one of the configuration",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ann", config: { list: [] } },
    ],
    object: {},
    owners: {},
  },
  {
    name: "a set that is left out goes",
    writes: [
      { apply: "ann", config: { list: ["a"], numbers: [1] } },
      { apply: "ann", config: { numbers: [1] } },
    ],
    object: { numbers: [1] },
    owners: { ann: [".numbers[=1]"] },
  },
  {
    name: "an update that removes an item takes it from its owner",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { update: "ben", object: { list: ["b"] } },
    ],
    object: { list: ["b"] },
    owners: { ann: ['.list[="b"]'] },
  },
  {
    name: "an update that adds an item owns that item alone",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { update: "ben", object: { list: ["a", "b"] } },
    ],
    object: { list: ["a", "b"] },
    owners: { ann: ['.list[="a"]'], ben: ['.list[="b"]'] },
  },
  {
    name: "an update that changes the order alone owns nothing",
    writes: [
      { apply: "ann", config: { list: ["a", "b"] } },
      { update: "ben", object: { list: ["b", "a"] } },
    ],
    object: { list: ["b", "a"] },
    owners: { ann: ['.list[="a"]', '.list[="b"]'] },
  },
  {
    name: "sets are never in conflict",
    writes: [
      { apply: "ann", config: { list: ["a"] } },
      { apply: "ben", config: { list: ["b", "a"] } },
      { apply: "ann", config: { list: ["a", "b"] } },
    ],
    object: { list: ["a", "b"] },
    owners: { ann: ['.list[="a"]', '.list[="b"]'], ben: ['.list[="a"]', '.list[="b"]'] },
  },
  {
    name: "numbers are items by their value",
    writes: [
      { apply: "ann", config: { numbers: [10, 9, 1] } },
      { apply: "ben", config: { numbers: [9, 2] } },
      { apply: "ann", config: { numbers: [1] } },
    ],
    object: { numbers: [9, 1, 2] },
    owners: { ann: [".numbers[=1]"], ben: [".numbers[=2]", ".numbers[=9]"] },
  },
]);
