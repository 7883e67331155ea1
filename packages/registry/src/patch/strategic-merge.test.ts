import type { JsonValue } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyMergePatch } from "./merge-patch.js";
import { PatchError } from "./patch-error.js";
import { applyStrategicMerge } from "./strategic-merge.js";
import { LISTS } from "./strategic-schema.fixture.js";

function patched(target: string, patch: string): string {
  return JSON.stringify(applyStrategicMerge(JSON.parse(target), JSON.parse(patch), LISTS));
}

function steps(...names: string[]): { name: string }[] {
  return names.map((name) => ({ name }));
}

function refusal(target: string, patch: string): unknown {
  try {
    return patched(target, patch);
  } catch (error) {
    return error;
  }
}

describe("applyStrategicMerge", () => {
  it.each<[string, string, string]>([
    // objects
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":{"b":1,"c":2}}', '{"a":{"b":null,"d":3}}', '{"a":{"c":2,"d":3}}'],
    ['{"a":1}', '{"a":{"b":1,"c":null}}', '{"a":{"b":1}}'],
    ["{}", '{"a":{"b":{"c":null}}}', '{"a":{"b":{}}}'],
    ['{"a":{"b":1}}', '{"a":[1]}', '{"a":[1]}'],
    ['{"a":{"b":1}}', '{"a":{"$patch":"replace","c":2}}', '{"a":{"c":2}}'],
    // what replaces is data from end to end: the decoder sees to what is none
    ['{"a":{"b":1}}', '{"a":{"$patch":"replace","d":null}}', '{"a":{"d":null}}'],
    ['{"a":{"b":1}}', '{"a":{"$patch":"replace","c":{"$patch":"delete"}}}', '{"a":{"c":{"$patch":"delete"}}}'],
    ['{"a":{"b":1}}', '{"a":{"$patch":"delete","c":2}}', '{"a":{}}'],
    ['{"a":1}', '{"$patch":"replace","b":2}', '{"b":2}'],
    ['{"a":1}', '{"$patch":"delete"}', "{}"],
    // what has a directive and no counterpart is left out
    ["{}", '{"a":{"$patch":"replace","b":1}}', "{}"],
    ['{"a":3}', '{"a":{"$patch":"delete"},"b":{"c":{"$patch":"delete"},"d":1}}', '{"b":{"d":1}}'],
    ["{}", '{"a":{"$patch":"remove"}}', "{}"],
    // objects and lists whose schema says what becomes of them
    ['{"selector":{"a":"1"}}', '{"selector":{"b":"2"}}', '{"selector":{"b":"2"}}'],
    ['{"claims":[{"name":"a"}]}', '{"claims":[{"name":"b"}]}', '{"claims":[{"name":"b"}]}'],
    [
      '{"services":[{"port":80,"protocol":"TCP","name":"a"},{"port":81,"protocol":"TCP"}]}',
      '{"services":[{"port":80,"protocol":"UDP"}]}',
      '{"services":[{"port":80,"protocol":"UDP","name":"a"},{"port":81,"protocol":"TCP"}]}',
    ],
    // $retainKeys
    ['{"a":{"b":1,"c":2}}', '{"a":{"$retainKeys":["c","d"],"d":3}}', '{"a":{"c":2,"d":3}}'],
    ['{"a":{"b":1,"c":2}}', '{"a":{"$retainKeys":["c"],"b":null}}', '{"a":{"c":2}}'],
    ["{}", '{"a":{"$retainKeys":["c"],"c":1}}', '{"a":{"c":1}}'],
    // lists that are replaced
    ['{"words":["a","b"]}', '{"words":["c"]}', '{"words":["c"]}'],
    ['{"plain":[{"name":"a","x":1}]}', '{"plain":[{"name":"a"}]}', '{"plain":[{"name":"a"}]}'],
    ['{"pairs":[{"a":"1","b":"2"}]}', '{"pairs":[{"a":"3","b":"4"}]}', '{"pairs":[{"a":"3","b":"4"}]}'],
    ['{"places":[{"a":"1"}]}', '{"places":[{"a":"2"}]}', '{"places":[{"a":"2"}]}'],
    ['{"unknown":[{"name":"a"}]}', '{"unknown":[{"name":"b"}]}', '{"unknown":[{"name":"b"}]}'],
    ['{"plain":[{"name":"a"}]}', '{"plain":[{"$patch":"delete","name":"a"},{"b":{"$patch":"x"}}]}', '{"plain":[{}]}'],
    ['{"words":["a","b"]}', '{"$setElementOrder/words":["b","a"]}', '{"words":["b","a"]}'],
    ['{"words":["a","b","c"]}', '{"$deleteFromPrimitiveList/words":["b"]}', '{"words":["a","c"]}'],
    // sets
    ['{"tags":["a","b"]}', '{"tags":["b","c"]}', '{"tags":["a","b","c"]}'],
    ["{}", '{"tags":["b","b"]}', '{"tags":["b","b"]}'],
    ['{"tags":[]}', '{"tags":["b","b"]}', '{"tags":["b"]}'],
    ['{"numbers":[1,3]}', '{"numbers":[3,2]}', '{"numbers":[1,3,2]}'],
    ['{"tags":["a","b"]}', '{"$deleteFromPrimitiveList/tags":["a","z"]}', '{"tags":["b"]}'],
    ["{}", '{"$deleteFromPrimitiveList/tags":["a"]}', "{}"],
    [
      '{"tags":["a","b","c"]}',
      '{"$deleteFromPrimitiveList/tags":["b"],"$setElementOrder/tags":["d","a"],"tags":["d"]}',
      '{"tags":["d","a","c"]}',
    ],
    ['{"tags":["a"]}', '{"tags":null}', "{}"],
    ['{"tags":["a"]}', '{"tags":[]}', '{"tags":["a"]}'],
    // keyed lists; new items come first, as nothing says where they belong
    [
      '{"steps":[{"name":"a","x":1},{"name":"b"}]}',
      '{"steps":[{"name":"a","y":2}]}',
      '{"steps":[{"name":"a","x":1,"y":2},{"name":"b"}]}',
    ],
    ['{"steps":[{"name":"a"}]}', '{"steps":[{"name":"b","x":null}]}', '{"steps":[{"name":"b"},{"name":"a"}]}'],
    ['{"steps":[{"name":"a"},{"name":"b"}]}', '{"steps":[{"$patch":"delete","name":"a"}]}', '{"steps":[{"name":"b"}]}'],
    ['{"steps":[{"name":"a"}]}', '{"steps":[{"$patch":"delete","name":"z"}]}', '{"steps":[{"name":"a"}]}'],
    [
      '{"steps":[{"name":"a","x":1}]}',
      '{"steps":[{"$patch":"delete","name":"a"},{"name":"a","y":2}]}',
      '{"steps":[{"name":"a","y":2}]}',
    ],
    ['{"steps":[{"name":"a"}]}', '{"steps":[{"$patch":"replace"},{"name":"b"}]}', '{"steps":[{"name":"b"}]}'],
    ['{"steps":[{"name":"a"}]}', '{"steps":[{"$patch":"replace"}]}', '{"steps":[]}'],
    ["{}", '{"steps":[{"name":"a","x":null},{"$patch":"delete","name":"b"}]}', '{"steps":[{"name":"a"}]}'],
    ['{"ports":[{"port":80}]}', '{"ports":[{"port":"80"}]}', '{"ports":[{"port":"80"},{"port":80}]}'],
    ['{"ports":[{"port":80,"name":"a"}]}', '{"ports":[{"port":80,"name":"b"}]}', '{"ports":[{"port":80,"name":"b"}]}'],
    [
      '{"steps":[{"name":"a","tags":["x"],"ports":[{"port":1},{"port":2}]}]}',
      '{"steps":[{"name":"a","tags":["y"],"ports":[{"port":1,"$patch":"delete"}]}]}',
      '{"steps":[{"name":"a","tags":["y","x"],"ports":[{"port":2}]}]}',
    ],
    [
      '{"byName":{"web":{"ports":[{"port":1}]}}}',
      '{"byName":{"web":{"ports":[{"port":2}]}}}',
      '{"byName":{"web":{"ports":[{"port":2},{"port":1}]}}}',
    ],
    [
      '{"steps":[{"name":"__proto__"}]}',
      '{"steps":[{"name":"constructor"}]}',
      '{"steps":[{"name":"constructor"},{"name":"__proto__"}]}',
    ],
    // metadata, of the object and of what is embedded
    [
      '{"metadata":{"finalizers":["a"],"labels":{"x":"1"}}}',
      '{"metadata":{"finalizers":["b"],"labels":{"x":null,"y":"2"}}}',
      '{"metadata":{"finalizers":["b","a"],"labels":{"y":"2"}}}',
    ],
    [
      '{"metadata":{"ownerReferences":[{"uid":"1","name":"a"},{"uid":"2"}]}}',
      '{"metadata":{"ownerReferences":[{"uid":"1","controller":true},{"$patch":"delete","uid":"2"}]}}',
      '{"metadata":{"ownerReferences":[{"uid":"1","name":"a","controller":true}]}}',
    ],
    [
      '{"template":{"metadata":{"finalizers":["a"]},"list":["a"]}}',
      '{"template":{"metadata":{"finalizers":["b"]},"list":["b"]}}',
      '{"template":{"metadata":{"finalizers":["b","a"]},"list":["b"]}}',
    ],
    ['{"tags":["a"]}', '{"$deleteFromPrimitiveList/tags":"a"}', '{"tags":["a"]}'],
    // hostile names
    [
      '{"a":1}',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}',
      '{"a":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}',
    ],
    ["{}", '{"toString":null,"valueOf":{"a":1},"$other":1}', '{"valueOf":{"a":1},"$other":1}'],
    ["{}", '{"a":{"__proto__":{"$patch":"replace","polluted":1}}}', '{"a":{}}'],
    ["{}", '{"$setElementOrder/__proto__":["x"],"$deleteFromPrimitiveList/constructor":["x"]}', "{}"],
  ])("%s patched with %s is %s", (target, patch, expected) => {
    expect(patched(target, patch)).toBe(expected);
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it.each<[string, string[], string[], string[], string[]]>([
    ["the order alone", ["a", "b", "c"], [], ["c", "a", "b"], ["c", "a", "b"]],
    ["new items among the old", ["a", "b"], ["n"], ["a", "n", "b"], ["a", "n", "b"]],
    ["the server's own item behind the one it followed", ["a", "s", "b"], [], ["a", "b"], ["a", "s", "b"]],
    ["the server's own item before what it preceded", ["s", "a", "b"], [], ["b", "a"], ["s", "b", "a"]],
    ["the server's own items in their order", ["s", "a", "t"], [], ["a"], ["s", "a", "t"]],
    ["an order that names what is not there", ["a", "b"], [], ["z", "b", "a"], ["b", "a"]],
    ["an empty order", ["a", "b"], ["c"], [], ["a", "b", "c"]],
    ["no list before", [], ["b", "a"], ["b", "a"], ["b", "a"]],
  ])("$setElementOrder: %s", (_, held, items, order, expected) => {
    const target = JSON.stringify(held.length === 0 ? {} : { steps: steps(...held), tags: held });
    const lists = items.length === 0 ? {} : { steps: steps(...items), tags: items };
    const orders = { "$setElementOrder/steps": steps(...order), "$setElementOrder/tags": order };
    expect(JSON.parse(patched(target, JSON.stringify({ ...orders, ...lists })))).toEqual({
      steps: steps(...expected),
      tags: expected,
    });
  });

  it("takes the order of the patch for its own items", () => {
    const target = JSON.stringify({ steps: steps("a", "s", "b") });
    expect(JSON.parse(patched(target, JSON.stringify({ steps: steps("b", "a") })))).toEqual({
      steps: steps("s", "b", "a"),
    });
  });

  it.each<[string, string, string]>([
    ["{}", '{"$patch":"merge"}', "unknown patch type: merge in map: map[$patch:merge]"],
    [
      '{"a":{}}',
      '{"a":{"$patch":"remove","b":[1,null]}}',
      "unknown patch type: remove in map: map[$patch:remove b:[1 <nil>]]",
    ],
    ['{"a":{}}', '{"a":{"$patch":"remove"}}', "unknown patch type: remove in map: map[$patch:remove]"],
    ["{}", '{"$patch":5}', "unknown patch type: %!s(int64=5) in map: map[$patch:5]"],
    ["{}", '{"$patch":null}', "unknown patch type: %!s(<nil>) in map: map[$patch:<nil>]"],
    ['{"steps":[]}', '{"steps":[{"$patch":"x","name":"a"}]}', "unknown patch type: x in map: map[$patch:x name:a]"],
    ['{"steps":[]}', '{"steps":[{"$patch":"merge","name":"a"}]}', "merging lists cannot yet be specified in the patch"],
    ['{"steps":[]}', '{"steps":[{"weight":1}]}', "map: map[weight:1] does not contain declared merge key: name"],
    [
      '{"steps":[]}',
      '{"steps":[{"$patch":"delete"}]}',
      "map: map[$patch:delete] does not contain declared merge key: name",
    ],
    ['{"steps":[]}', '{"steps":["a"]}', "expected a map[string]interface {}, but received a string"],
    ['{"tags":["a"]}', '{"tags":[{"a":1}]}', "list element types are not identical: [[a] [map[a:1]]]"],
    ['{"a":{}}', '{"a":{"$retainKeys":["b"],"c":1}}', "invalid patch format of retainKeys"],
    ['{"a":{}}', '{"a":{"$retainKeys":"b"}}', "invalid patch format of retainKeys"],
    ["{}", '{"$deleteFromPrimitiveList":["a"]}', "invalid patch format of primitive list"],
    [
      '{"steps":[{"name":"a"}]}',
      '{"$deleteFromPrimitiveList/steps":["a"]}',
      "list element types are not identical: [[map[name:a]] [a]]",
    ],
    ["{}", '{"$setElementOrder":["a"]}', "invalid patch format of setElementOrder list"],
    ['{"words":["a"]}', '{"$setElementOrder/words":[{"a":1}]}', "invalid patch format of setElementOrder list"],
    ["{}", '{"$setElementOrder/tags":{}}', "expected a []interface {}, but received a map[string]interface {}"],
    ['{"tags":"a"}', '{"$setElementOrder/tags":["a"]}', "expected a []interface {}, but received a string"],
    ["{}", '{"$setElementOrder/tags":["a"],"tags":null}', "expected a []interface {}, but received a %!s(<nil>)"],
    [
      '{"steps":[]}',
      '{"$setElementOrder/steps":[{"weight":1}]}',
      "map: map[weight:1] does not contain declared merge key: name",
    ],
    [
      '{"steps":[]}',
      '{"$setElementOrder/steps":[{"name":"a"},{"name":"b"}],"steps":[{"name":"b"},{"name":"a"}]}',
      "The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:a] map[name:b]]\n",
    ],
    [
      '{"tags":[]}',
      '{"$setElementOrder/tags":["a"],"tags":["b"]}',
      "The order in patch list:\n[b]\n doesn't match $setElementOrder list:\n[a]\n",
    ],
  ])("%s with %s is refused: %s", (target, patch, message) => {
    const error = refusal(target, patch);
    const code = message.startsWith("invalid patch format") ? 400 : 500;
    expect(StatusError.is(error) && [error.code, error.message]).toEqual([code, message]);
  });

  it("cannot merge lists of lists", () => {
    expect(refusal('{"tags":[]}', '{"tags":[["b"]]}')).toBeInstanceOf(PatchError);
  });

  it("does not quote a whole patch", () => {
    const patch = JSON.stringify({ $patch: "x", data: Array.from({ length: 100_000 }, () => "y".repeat(10)) });
    const error = refusal("{}", patch);
    expect(StatusError.is(error) && error.message.length).toBeLessThan(1200);
  });

  it("takes copies from the patch, which can be applied again", () => {
    const patch = JSON.parse(
      '{"steps":[{"name":"a","ports":[{"port":1}]}],"plain":[{"name":"a"}],"tags":["x"],"$setElementOrder/tags":["x"]}',
    );
    const before = structuredClone(patch);
    const once = applyStrategicMerge({}, patch, LISTS);
    const twice = applyStrategicMerge(structuredClone(once), patch, LISTS);
    expect([patch, twice]).toEqual([before, once]);
    expect(once.plain).not.toBe(patch.plain);
    JSON.stringify(once, (_, value: JsonValue) => (Array.isArray(value) ? value.splice(0) : value));
    expect(patch).toEqual(before);
  });

  it("looks every item up once, however long the lists are", () => {
    let reads = 0;
    const item = (index: number): { name: string } =>
      Object.defineProperty({ name: "" }, "name", {
        enumerable: true,
        configurable: true,
        set: () => {},
        get: () => {
          reads++;
          return `n${index}`;
        },
      });
    const count = 10_000;
    const held = Array.from({ length: count }, (_, index) => item(index));
    const items = Array.from({ length: count }, (_, index) => ({ name: `n${index + count / 2}` }));
    const order = Array.from({ length: 1.5 * count }, (_, index) => ({ name: `n${1.5 * count - 1 - index}` }));
    const patch = { steps: items.reverse(), "$setElementOrder/steps": order };
    const merged = applyStrategicMerge({ steps: held }, patch, LISTS);
    expect(merged.steps).toEqual(order);
    expect(reads).toBeLessThan(20 * count);
  });

  it("is a merge patch where there are neither directives nor lists that merge", () => {
    const key = fc.constantFrom("a", "b", "words", "plain", "__proto__", "constructor", "toString");
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<JsonValue>(null, 1, "x", true),
        // A merge patch takes the nulls out of the objects in a list, which a strategic one leaves.
        fc.array(fc.constantFrom<JsonValue>(null, 1, "x", { a: 1 }), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const object = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const merged = JSON.parse(JSON.stringify(target));
        applyMergePatch(merged, JSON.parse(JSON.stringify(patch)));
        expect(patched(JSON.stringify(target), JSON.stringify(patch))).toBe(JSON.stringify(merged));
      }),
    );
  });
});
