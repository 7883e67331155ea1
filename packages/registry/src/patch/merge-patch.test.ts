import { describe, expect, it } from "vitest";
import { applyMergePatch } from "./merge-patch.js";

// the examples of RFC 7386, appendix A, that have an object on both sides
const EXAMPLES: readonly [string, string, string][] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', "{}"],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ['{"a":1}', '{"a":{"b":1,"c":null}}', '{"a":{"b":1}}'],
  [
    '{"a":1}',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}',
    '{"a":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}',
  ],
  // evanphx/json-patch, with which upstream patches, takes nulls out of the objects in lists
  ["{}", '{"a":[{"b":null,"c":[{"d":null}]},null]}', '{"a":[{"c":[{}]},null]}'],
  ['{"a":[1]}', '{"a":[{"b":null}]}', '{"a":[{}]}'],
  ['{"a":{}}', '{"a":[{"b":null}]}', '{"a":[{"b":null}]}'],
  ['{"a":null}', '{"a":{"b":null}}', '{"a":{}}'],
  ["{}", '{"toString":null,"valueOf":{"a":1}}', '{"valueOf":{"a":1}}'],
];

describe("applyMergePatch", () => {
  it.each(EXAMPLES)("%s patched with %s is %s", (target, patch, expected) => {
    const document = JSON.parse(target);
    applyMergePatch(document, JSON.parse(patch));
    expect(JSON.stringify(document)).toBe(expected);
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it("takes copies from the patch", () => {
    const patch = JSON.parse('{"a":[{"b":1}]}');
    const document = JSON.parse("{}");
    applyMergePatch(document, patch);
    document.a[0].b = 2;
    expect(patch).toEqual({ a: [{ b: 1 }] });
  });
});
