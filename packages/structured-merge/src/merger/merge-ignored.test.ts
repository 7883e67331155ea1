import { FieldSet } from "../field-set/field-set.js";
import type { FieldPath } from "../path/path-element.js";
import { listMap, map, mergeCases, object, oneVersion, STRING, set } from "./merge-case.fixture.js";
import type { MergeVersions } from "./merge-versions.js";

const all = oneVersion({
  a: STRING,
  status: object({ phase: STRING, labels: map(STRING) }),
  spec: object({ x: STRING, y: STRING }),
  held: object({ labels: map(STRING), set: set(STRING) }),
  list: listMap(object({ name: STRING, value: STRING }), "name"),
});

function ignoring(...paths: FieldPath[]): MergeVersions {
  return { ...all, ignoredIn: () => FieldSet.of(...paths) };
}

mergeCases("ignored fields", ignoring([{ field: "status" }]), [
  {
    name: "are not owned by who applies them",
    writes: [{ apply: "ann", config: { a: "1", status: { phase: "up", labels: { x: "1" } } } }],
    object: { a: "1", status: { phase: "up", labels: { x: "1" } } },
    owners: { ann: [".a"] },
  },
  {
    name: "are not owned by who updates them",
    writes: [{ update: "ann", object: { a: "1", status: { phase: "up" } } }],
    object: { a: "1", status: { phase: "up" } },
    owners: { ann: [".a"] },
  },
  {
    name: "leave no manager when they are all there is",
    writes: [{ update: "ann", object: { status: { phase: "up" } } }],
    object: { status: { phase: "up" } },
    owners: {},
  },
  {
    name: "are no conflict",
    writes: [
      { apply: "ann", config: { a: "1", status: { phase: "up" } } },
      { apply: "ben", config: { status: { phase: "down" } } },
    ],
    object: { a: "1", status: { phase: "down" } },
    owners: { ann: [".a"] },
  },
  {
    name: "do not go when they are applied no more",
    writes: [
      { apply: "ann", config: { a: "1", status: { phase: "up" } } },
      { apply: "ann", config: { a: "1" } },
    ],
    object: { a: "1", status: { phase: "up" } },
    owners: { ann: [".a"] },
  },
]);

mergeCases("ignored fields within a struct", ignoring([{ field: "spec" }, { field: "x" }]), [
  {
    name: "leave the others",
    writes: [{ apply: "ann", config: { spec: { x: "1", y: "1" } } }],
    object: { spec: { x: "1", y: "1" } },
    owners: { ann: [".spec.y"] },
  },
  {
    name: "leave the struct that an update adds",
    writes: [{ update: "ann", object: { spec: { x: "1" } } }],
    object: { spec: { x: "1" } },
    owners: { ann: [".spec"] },
  },
]);

mergeCases("a struct of ignored fields", ignoring([{ field: "held" }, { field: "labels" }]), [
  {
    name: "stays with what nobody owns in it, though applied as empty",
    writes: [
      { apply: "ann", config: { held: {} } },
      { update: "ben", object: { held: { labels: { x: "1" } } } },
      { apply: "ann", config: { held: {} } },
    ],
    object: { held: { labels: { x: "1" } } },
    owners: { ann: [".held"] },
  },
  {
    name: "goes, as upstream has it, when an empty set is all that would be left in it",
    writes: [
      { apply: "ann", config: { a: "1", held: {} } },
      { update: "ben", object: { a: "1", held: { labels: { x: "1" }, set: [] } } },
      { apply: "ann", config: { a: "1", held: {} } },
    ],
    object: { a: "1" },
    owners: { ann: [".a", ".held"] },
  },
]);

mergeCases(
  "ignored fields within an item",
  ignoring([{ field: "list" }, { key: [["name", "a"]] }, { field: "value" }]),
  [
    {
      name: "are those of that item alone",
      writes: [
        {
          apply: "ann",
          config: {
            list: [
              { name: "a", value: "1" },
              { name: "b", value: "1" },
            ],
          },
        },
      ],
      object: {
        list: [
          { name: "a", value: "1" },
          { name: "b", value: "1" },
        ],
      },
      owners: {
        ann: [
          '.list[name="a"]',
          '.list[name="b"]',
          '.list[name="a"].name',
          '.list[name="b"].name',
          '.list[name="b"].value',
        ],
      },
    },
  ],
);
