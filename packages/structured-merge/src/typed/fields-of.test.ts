import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, test } from "vitest";
import {
  ATOMIC,
  atomicList,
  INTEGER,
  listMap,
  map,
  object,
  PRESERVE,
  STRING,
  set,
} from "../merger/merge-case.fixture.js";
import { formatFieldPath } from "../path/format-field-path.js";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import { compareObjects } from "./compare-objects.js";
import { fieldsOf } from "./fields-of.js";

const schema = compileMergeSchema(
  object({
    text: STRING,
    struct: object({ a: STRING, inner: object({ b: STRING }) }),
    map: map(STRING),
    maps: map(object({ a: STRING })),
    atomicMap: map(STRING, ATOMIC),
    list: atomicList(STRING),
    set: set(STRING),
    items: listMap(object({ name: STRING, value: INTEGER }), "name"),
    free: { type: "object", ...PRESERVE },
  }),
);

const paths = (fields: Iterable<Parameters<typeof formatFieldPath>[0]>) => [...fields].map(formatFieldPath);

describe("the fields that an object mentions", () => {
  test.each<[string, JsonObject, string[]]>([
    ["of nothing are none", {}, []],
    ["are scalars", { text: "x" }, [".text"]],
    ["are not the structs on the way", { struct: { a: "x", inner: { b: "y" } } }, [".struct.a", ".struct.inner.b"]],
    ["are empty structs", { struct: { inner: {} } }, [".struct.inner"]],
    ["are null structs", { struct: null }, [".struct"]],
    ["are keys of maps", { map: { a: "1", b: "2" } }, [".map.a", ".map.b"]],
    ["are empty maps", { map: {} }, [".map"]],
    ["are keys of maps and what is in them", { maps: { x: { a: "1" } } }, [".maps.x", ".maps.x.a"]],
    ["are atomic maps as a whole", { atomicMap: { a: "1" } }, [".atomicMap"]],
    ["are atomic lists as a whole", { list: ["x"] }, [".list"]],
    ["are items of sets", { set: ["b", "a"] }, ['.set[="a"]', '.set[="b"]']],
    ["are not empty sets", { set: [] }, []],
    ["are null sets", { set: null }, [".set"]],
    ["are items by their keys", { items: [{ name: "a" }] }, ['.items[name="a"]', '.items[name="a"].name']],
    [
      "are one for items that are there twice",
      { items: [{ name: "a", value: 1 }, { name: "a" }] },
      ['.items[name="a"]'],
    ],
    ["are deduced from values", { free: { a: { b: [1] } } }, [".free.a", ".free.a.b"]],
    ["are none that the schema does not know", { unheard: 1, struct: { unheard: { a: 1 } } }, []],
    ["are none of a value of another kind", { struct: "x", map: [1] }, []],
    [
      "are those of metadata",
      { metadata: { labels: { a: "1" }, finalizers: ["f"] } },
      ['.metadata.finalizers[="f"]', ".metadata.labels.a"],
    ],
  ])("%s", (_name, value, expected) => {
    expect(paths(fieldsOf(schema, value).paths())).toEqual(expected);
  });
});

describe("a comparison", () => {
  test.each<[string, JsonObject, JsonObject, { added?: string[]; modified?: string[]; removed?: string[] }]>([
    ["of equal objects is empty", { struct: { a: "x" } }, { struct: { a: "x" } }, {}],
    [
      "names what is added, and all on the way",
      {},
      { struct: { inner: { b: "x" } } },
      {
        added: [".struct", ".struct.inner", ".struct.inner.b"],
      },
    ],
    [
      "names what is removed, and all that was in it",
      { maps: { x: { a: "1" } } },
      {},
      {
        removed: [".maps", ".maps.x", ".maps.x.a"],
      },
    ],
    [
      "names what is modified alone",
      { struct: { a: "x", inner: { b: "y" } } },
      { struct: { a: "z", inner: { b: "y" } } },
      {
        modified: [".struct.a"],
      },
    ],
    ["tells an empty map from none", { map: {} }, { map: null }, { modified: [".map"] }],
    ["tells an emptied map by its keys", { map: { a: "1" } }, { map: {} }, { removed: [".map.a"] }],
    ["tells an emptied set by its items", { set: ["a", "b"] }, { set: [] }, { removed: ['.set[="a"]', '.set[="b"]'] }],
    [
      "tells items by their keys, whatever their order",
      { items: [{ name: "a", value: 1 }, { name: "b" }] },
      {
        items: [{ name: "b" }, { name: "a", value: 2 }, { name: "c" }],
      },
      {
        added: ['.items[name="c"]', '.items[name="c"].name'],
        modified: ['.items[name="a"].value'],
      },
    ],
    [
      "looks at a value that changed its kind both ways",
      { free: { a: { b: 1 } } },
      { free: { a: "x" } },
      {
        modified: [".free.a"],
        removed: [".free.a.b"],
      },
    ],
    ["has numbers equal by value", { free: { a: 1 } }, JSON.parse('{"free":{"a":1.0}}'), {}],
    ["leaves out what the schema does not know", { unheard: 1 }, { unheard: 2, more: 1 }, {}],
  ])("%s", (_name, old, next, expected) => {
    const { added, modified, removed } = compareObjects(schema, old, next);
    expect({ added: paths(added.paths()), modified: paths(modified.paths()), removed: paths(removed.paths()) }).toEqual(
      {
        added: [],
        modified: [],
        removed: [],
        ...expected,
      },
    );
  });
});
