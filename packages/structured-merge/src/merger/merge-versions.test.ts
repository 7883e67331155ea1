import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import { listMap, map, mergeCases, object, STRING } from "./merge-case.fixture.js";
import type { MergeVersions } from "./merge-versions.js";

const ITEM = { name: STRING, value: STRING };
const V1: StructuralSchema = object({
  size: STRING,
  spec: object({ colour: STRING }),
  list: listMap(object(ITEM), "name"),
});
// What v1 calls size and spec.colour, v2 calls extent and look.color; its list has other keys in its items.
const V2: StructuralSchema = object({
  extent: STRING,
  look: object({ color: STRING }),
  entries: listMap(object({ id: STRING, value: STRING }), "id"),
  notes: map(STRING),
});

function renamed(from: JsonObject, names: readonly (readonly [string, string])[]): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(from)) {
    result[names.find(([name]) => name === key)?.[1] ?? key] = value;
  }
  return result;
}

function each(list: JsonObject[string], names: readonly (readonly [string, string])[]): JsonObject[string] {
  return Array.isArray(list) ? list.map((item) => (isJsonObject(item) ? renamed(item, names) : item)) : list;
}

function toV2({ list, spec, ...rest }: JsonObject): JsonObject {
  return {
    ...renamed(rest, [["size", "extent"]]),
    ...(isJsonObject(spec) ? { look: renamed(spec, [["colour", "color"]]) } : {}),
    ...(list === undefined ? {} : { entries: each(list, [["name", "id"]]) }),
  };
}

function toV1({ entries, look, ...rest }: JsonObject): JsonObject {
  return {
    ...renamed(rest, [["extent", "size"]]),
    ...(isJsonObject(look) ? { spec: renamed(look, [["color", "colour"]]) } : {}),
    ...(entries === undefined ? {} : { list: each(entries, [["id", "name"]]) }),
  };
}

const schemas = new Map([
  ["v1", compileMergeSchema(V1)],
  ["v2", compileMergeSchema(V2)],
]);

const versions: MergeVersions = {
  schemaOf: (apiVersion) => schemas.get(apiVersion),
  convert: (from, _version, to) => (to === "v2" ? toV2(from) : toV1(from)),
  ignoredIn: () => undefined,
};

mergeCases("versions", versions, [
  {
    name: "a field of another version is taken by its other name",
    writes: [
      { apply: "ann", config: { size: "1", spec: { colour: "red" } } },
      { update: "ben", version: "v2", object: { extent: "2", look: { color: "red" } } },
    ],
    object: { extent: "2", look: { color: "red" } },
    owners: { ann: [".spec.colour"], ben: [".extent"] },
  },
  {
    name: "a conflict is told in the version of the owner",
    writes: [
      { apply: "ann", version: "v2", config: { look: { color: "red" } } },
      { apply: "ben", config: { spec: { colour: "blue" } }, conflict: 'conflict with "ann": .look.color' },
    ],
    object: { spec: { colour: "red" } },
    owners: { ann: [".look.color"] },
  },
  {
    name: "a field goes by the name that it had when it was applied",
    writes: [
      { apply: "ann", config: { size: "1", spec: { colour: "red" } } },
      { apply: "ann", version: "v2", config: { extent: "1" } },
    ],
    object: { extent: "1" },
    owners: { ann: [".extent"] },
  },
  {
    name: "a field stays that another owns in another version",
    writes: [
      { apply: "ann", config: { size: "1", spec: { colour: "red" } } },
      { apply: "ben", version: "v2", config: { look: { color: "red" } } },
      { apply: "ann", config: { size: "1" } },
    ],
    object: { size: "1", spec: { colour: "red" } },
    owners: { ann: [".size"], ben: [".look.color"] },
  },
  {
    name: "items have other keys in another version",
    writes: [
      { apply: "ann", config: { list: [{ name: "a", value: "1" }, { name: "b" }] } },
      { update: "ben", version: "v2", object: { entries: [{ id: "a", value: "2" }] } },
    ],
    object: { entries: [{ id: "a", value: "2" }] },
    owners: { ann: ['.list[name="a"]', '.list[name="a"].name'], ben: ['.entries[id="a"].value'] },
  },
  {
    name: "items go in the version in which they were applied",
    writes: [
      { apply: "ann", config: { list: [{ name: "a" }, { name: "b" }] } },
      { apply: "ann", version: "v2", config: { entries: [{ id: "b" }] } },
    ],
    object: { entries: [{ id: "b" }] },
    owners: { ann: ['.entries[id="b"]', '.entries[id="b"].id'] },
  },
  {
    name: "a field that one version has alone is owned there",
    writes: [
      { apply: "ann", version: "v2", config: { notes: { a: "1" }, extent: "1" } },
      { apply: "ann", version: "v2", config: { extent: "1" } },
    ],
    object: { extent: "1" },
    owners: { ann: [".extent"] },
  },
]);
