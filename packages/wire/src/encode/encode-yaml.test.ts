import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseYaml } from "../decode/parse-yaml.js";
import { encodeYaml, encodeYamlItems } from "./encode-yaml.js";

describe("encodeYaml", () => {
  it("sorts keys and writes block style", () => {
    const value = {
      kind: "K",
      apiVersion: "v1",
      list: [{ b: 1, a: [] }, "x", [1, [2]]],
      empty: {},
      text: "a\n\n  b\n",
      none: null,
    };
    expect(encodeYaml(value)).toBe(
      "apiVersion: v1\nempty: {}\nkind: K\nlist:\n- a: []\n  b: 1\n- x\n- - 1\n  - - 2\nnone: null\ntext: |\n  a\n\n    b\n",
    );
  });

  it("quotes what would be read as something else", () => {
    const texts = [
      "yes",
      "1",
      "~",
      "",
      "a: b",
      "-",
      "# x",
      "2001-01-01",
      "12:30",
      ".inf",
      "<<",
      " x",
      "*a",
      "0x1",
      "1e3",
      "null",
      "a #b",
      "a:",
    ];
    for (const text of texts) expect(encodeYaml({ v: text })).toBe(`v: ${JSON.stringify(text)}\n`);
    for (const text of ["a", "a b", "v1", "example.com/v1", "a:b", "nginx:1.2"])
      expect(encodeYaml({ v: text })).toBe(`v: ${text}\n`);
  });

  it("writes items at an indent", () => {
    expect(encodeYamlItems([{ a: { b: 1 } }, [1]], "  ")).toBe("  - a:\n      b: 1\n  - - 1\n");
  });

  it("is read back as the same data, here and by another reader", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }).map((value) => Buffer.from(value, "utf8").toString("utf8")),
      fc
        .array(
          fc.constantFrom(
            "a",
            " ",
            "\n",
            ":",
            "- ",
            "#",
            "\t",
            "é",
            "'",
            '"',
            "\\",
            "|",
            "1",
            "yes",
            "\u2028",
            "\u0085",
            "\r",
          ),
        )
        .map((parts) => parts.join("")),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (data) => {
        const yaml = encodeYaml({ root: data });
        expect(parseYaml(Buffer.from(yaml)).value).toEqual({ root: data });
        expect(parse(yaml)).toEqual({ root: data });
      }),
      { numRuns: 1000 },
    );
  });
});
