import { INTEGER, listMap, mergeCases, object, oneVersion, STRING, set } from "./merge-case.fixture.js";

const versions = oneVersion({
  set: set(STRING),
  list: listMap(object({ name: STRING, value: INTEGER }), "name"),
});
const item = '.list[name="a"]';
const twice = [
  { name: "a", value: 1 },
  { name: "a", value: 2 },
];

// Upstream lets them be where an update, or a time before the list had its type, has put them.
mergeCases("items that are there twice", versions, [
  {
    name: "are owned as one by who put them there",
    writes: [{ update: "ann", object: { list: twice } }],
    object: { list: twice },
    owners: { ann: [".list", item] },
  },
  {
    name: "stay when another item is applied",
    writes: [
      { update: "ann", object: { list: twice } },
      { apply: "ben", config: { list: [{ name: "b", value: 3 }] } },
    ],
    object: { list: [...twice, { name: "b", value: 3 }] },
    owners: { ann: [".list", item], ben: ['.list[name="b"]', '.list[name="b"].name', '.list[name="b"].value'] },
  },
  {
    name: "are replaced by the one that is applied, a conflict with their owner",
    writes: [
      { update: "ann", object: { list: twice } },
      { apply: "ben", config: { list: [{ name: "a", value: 3 }] }, conflict: `conflict with "ann": ${item}` },
      { apply: "ben", config: { list: [{ name: "a", value: 3 }] }, force: true },
    ],
    object: { list: [{ name: "a", value: 3 }] },
    owners: { ann: [".list"], ben: [item, `${item}.name`, `${item}.value`] },
  },
  {
    name: "are all changed when one is",
    writes: [
      { update: "ann", object: { list: twice } },
      {
        update: "ben",
        object: {
          list: [
            { name: "a", value: 1 },
            { name: "a", value: 3 },
          ],
        },
      },
    ],
    object: {
      list: [
        { name: "a", value: 1 },
        { name: "a", value: 3 },
      ],
    },
    owners: { ann: [".list"], ben: [item] },
  },
  {
    name: "are not changed when nothing in them is",
    writes: [
      { update: "ann", object: { list: twice } },
      { update: "ben", object: { list: [...twice, { name: "b" }] } },
    ],
    object: { list: [...twice, { name: "b" }] },
    owners: { ann: [".list", item], ben: ['.list[name="b"]', '.list[name="b"].name'] },
  },
  {
    name: "take an item from its owner when they come",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: 1 }] } },
      { update: "ben", object: { list: twice } },
    ],
    object: { list: twice },
    owners: { ben: [item] },
  },
  {
    name: "give the item to who leaves one of them",
    writes: [
      { update: "ann", object: { list: twice } },
      { update: "ben", object: { list: [{ name: "a", value: 2 }] } },
    ],
    object: { list: [{ name: "a", value: 2 }] },
    owners: { ann: [".list"], ben: [item, `${item}.name`, `${item}.value`] },
  },
  {
    name: "go from their owner when all of them go",
    writes: [
      { update: "ann", object: { list: [...twice, { name: "b" }] } },
      { update: "ben", object: { list: [{ name: "b" }] } },
    ],
    object: { list: [{ name: "b" }] },
    owners: { ann: [".list", '.list[name="b"]', '.list[name="b"].name'] },
  },
  {
    name: "may be in sets",
    writes: [
      { update: "ann", object: { set: ["x", "x", "y"] } },
      { apply: "ben", config: { set: ["z"] } },
    ],
    object: { set: ["x", "x", "y", "z"] },
    owners: { ann: [".set", '.set[="x"]', '.set[="y"]'], ben: ['.set[="z"]'] },
  },
  {
    name: "become one in a set when one is applied",
    writes: [
      { update: "ann", object: { set: ["x", "y", "x"] } },
      { apply: "ben", config: { set: ["x"] }, force: true },
    ],
    object: { set: ["x", "y"] },
    owners: { ann: [".set", '.set[="y"]'], ben: ['.set[="x"]'] },
  },
]);
