import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../testing/refusal.fixture.js";
import { decodeBody } from "./decode-body.js";
import { decodeJson } from "./decode-json.js";
import type { DecodedBody } from "./decoded-body.js";

function json(text: string | Buffer): DecodedBody {
  const decoded = decodeBody("application/json", Buffer.from(text));
  if (decoded instanceof Promise) throw new TypeError("JSON is decoded at once");
  return decoded;
}

const TYPE_OF_BODY =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const detail = "couldn't get version/kind; json parse error: ";

describe("decodeBody of JSON", () => {
  it("takes an empty content type and parameters", () => {
    expect(decodeBody("", Buffer.from('{"a":1}'))).toEqual({ object: { a: 1 }, duplicates: [] });
    expect(decodeBody("Application/JSON; charset=utf-8", Buffer.from("{}"))).toEqual({ object: {}, duplicates: [] });
  });

  it.each(["text/plain", "application/vnd.kubernetes.protobuf", "application/json-patch+json", "json"])(
    "refuses %s with 415",
    (type) => {
      expect(refusal(() => decodeBody(type, Buffer.from("{}")))).toEqual({
        code: 415,
        message:
          "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml",
      });
    },
  );

  it.each([
    ["", "unexpected end of JSON input"],
    ["{", "unexpected end of JSON input"],
    ['{"a"', "unexpected end of JSON input"],
    ['{"a":"x', "unexpected end of JSON input"],
    ["nope", "invalid character 'o' in literal null (expecting 'u')"],
    ["x", "invalid character 'x' looking for beginning of value"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ["{a:1}", "invalid character 'a' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['{"a":[1 2]}', "invalid character '2' after array element"],
    ['{"a":1}x', "invalid character 'x' after top-level value"],
    ['{"a":"\\q"}', "invalid character 'q' in string escape code"],
    ['{"a":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
    ['{"a":"\n"}', "invalid character '\\n' in string literal"],
    ['{"a":-}', "invalid character '}' in numeric literal"],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ["é", "invalid character 'Ã' looking for beginning of value"],
    ["[]", `json: cannot unmarshal array into Go value of type ${TYPE_OF_BODY}`],
    ["3", `json: cannot unmarshal number into Go value of type ${TYPE_OF_BODY}`],
    ['{"a":1e999}', "a number is out of range"],
  ])("refuses %j with 400", (text, reason) => {
    expect(refusal(() => json(text))).toEqual({ code: 400, message: detail + reason });
  });

  it("takes null for an empty object, as Go does", () => {
    expect(json("null")).toEqual({ object: {}, duplicates: [] });
  });

  it("names the expected kind and shows the beginning of the body", () => {
    expect(refusal(() => decodeBody("", Buffer.from(""), "ConfigMap")).message).toBe(
      `the object provided is unrecognized (must be of type ConfigMap): ${detail}unexpected end of JSON input (<empty>)`,
    );
    expect(refusal(() => decodeBody("", Buffer.from(`{"a":"${"x".repeat(40)}`), "ConfigMap")).message).toMatch(
      / \(\{"a":"x{24} \.\.\.\)$/,
    );
    expect(refusal(() => decodeBody("", Buffer.from("abc"), "ConfigMap")).message).toMatch(/ \(616263\)$/);
  });

  it("refuses invalid UTF-8", () => {
    expect(refusal(() => json(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])))).toEqual({
      code: 400,
      message: `${detail}the body is not valid UTF-8`,
    });
  });

  it.each(["[", '{"a":', '{"a":['])("refuses 100 000 levels of %s", (opening) => {
    expect(refusal(() => json(opening.repeat(100_000)))).toEqual({
      code: 400,
      message: `${detail}exceeded max depth of 1000`,
    });
  });

  it("takes 999 levels, whose value can be written again, and brackets in strings", () => {
    const { object } = json(`{"a":${"[".repeat(999)}${"]".repeat(999)}}`);
    expect(JSON.stringify(object)).toHaveLength(2 * 999 + 6);
    expect(json(`{"a":"${"[{".repeat(5000)}","b\\"[{":"\\\\"}`).duplicates).toEqual([]);
  });

  it("keeps __proto__ and constructor as data", () => {
    const { object, duplicates } = json('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(duplicates).toEqual([]);
    expect(Object.keys(object)).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("names repeated members, at most 100", () => {
    expect(json('{"data":{"a":"1","a":"2"},"spec":{"steps":[{"x":1},{"n":1,"n":2}]},"k":1,"k":2}').duplicates).toEqual([
      "data.a",
      "spec.steps[1].n",
      "k",
    ]);
    expect(json('{"data":{"a":"1","a":"2"}}').object).toEqual({ data: { a: "2" } });
    expect(json('{"\\u0061":1,"a":2,"__proto__":1,"__proto__":2}').duplicates).toEqual(["a", "__proto__"]);
    expect(json(`{${Array.from({ length: 300 }, (_, i) => `"${i % 150}":0`).join(",")}}`).duplicates).toHaveLength(100);
  });

  it("finds a repeated member beside a string of megabytes", () => {
    expect(json(`{"a":"${"x\\n".repeat(1_000_000)}","b":1,"b":2}`).duplicates).toEqual(["b"]);
  });

  it("replaces lone surrogates and keeps pairs and escaped backslashes", () => {
    expect(json(String.raw`{"a":"\ud800x","b":"\ud83d\ude00","c":"\\ud800","d":"\udc00\ud800"}`).object).toEqual({
      a: "\ufffdx",
      b: "😀",
      c: "\\ud800",
      d: "\ufffd\ufffd",
    });
  });
});

describe("decodeJson", () => {
  it("reads any value and refuses as a patch", () => {
    expect(decodeJson(Buffer.from('[{"a":1,"a":2}]'))).toEqual({ value: [{ a: 2 }], duplicates: ["[0].a"] });
    for (const text of ["", "[1", "[1}", "{a:1}"]) {
      expect(refusal(() => decodeJson(Buffer.from(text)))).toEqual({ code: 400, message: "invalid JSON patch" });
    }
    expect(refusal(() => decodeJson(Buffer.from("[".repeat(100_000))))).toEqual({
      code: 400,
      message: expect.stringMatching(/^error decoding patch: exceeded max depth of \d+$/),
    });
  });
});

/** A JSON text with chosen members, so that keys can repeat. */
type Tree = { members: [string, Tree][] } | { items: Tree[] } | { scalar: string };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("1", '"x:,{"', "null", '"a\\"b"').map((scalar) => ({ scalar })),
    fc.record({ items: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({
      members: fc.array(fc.tuple(fc.constantFrom("a", "b", "c:", "__proto__", '"'), tie("tree")), { maxLength: 4 }),
    }),
  ),
}));

function textOf(node: Tree): string {
  if ("scalar" in node) return node.scalar;
  if ("items" in node) return `[${node.items.map(textOf).join(", ")}]`;
  return `{ ${node.members.map(([key, value]) => `${JSON.stringify(key)} : ${textOf(value)}`).join(",")}}`;
}

function repeated(node: Tree, path: string, found: Set<string>): Set<string> {
  if ("items" in node) for (const [index, item] of node.items.entries()) repeated(item, `${path}[${index}]`, found);
  if ("members" in node) {
    const seen = new Set<string>();
    for (const [key, value] of node.members) {
      const at = path === "" ? key : `${path}.${key}`;
      if (seen.has(key)) found.add(at);
      seen.add(key);
      repeated(value, at, found);
    }
  }
  return found;
}

describe("properties", () => {
  it("finds the same repeated members as a naive walk", () => {
    fc.assert(
      fc.property(tree, (node) => {
        const text = `{"root":${textOf(node)}}`;
        expect(new Set(json(text).duplicates)).toEqual(repeated(node, "root", new Set()));
      }),
      { numRuns: 500 },
    );
  });

  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(json(text).object)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("answers any bytes with data or 400", () => {
    const soup = fc.array(
      fc.constantFrom("{", "}", "[", "]", '"a"', '"', ":", ",", "1", "-", "e", "\\", "true", " ", "é"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          soup.map((parts) => Buffer.from(parts.join(""))),
        ),
        (bytes) => {
          try {
            json(Buffer.from(bytes));
          } catch (error) {
            expect(StatusError.is(error) && error.code === 400).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
