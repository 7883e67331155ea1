import type { JsonObject } from "@quarterdeck/meta";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { OpenApiEncodingError } from "./document-encoder.js";
import { encodeOpenApiV2 } from "./encode-openapi-v2.js";
import { OPENAPI_V2_MESSAGES } from "./openapi-v2-messages.js";

/** The messages of the field table as protobufjs reflection types, as a reader of the bytes would declare them. */
function reflect(): protobuf.Root {
  const root = new protobuf.Root();
  const named = new Set<string>();
  const type = (name: string, fields: readonly (readonly [string, number, string, boolean?])[]): void => {
    const made = new protobuf.Type(name);
    for (const [field, id, kind, repeated] of fields) {
      made.add(new protobuf.Field(field, id, kind, repeated === true ? "repeated" : undefined));
    }
    root.add(made);
  };
  const pair = (kind: string): string => {
    const name = `Named${kind}`;
    if (!named.has(name))
      type(name, [
        ["name", 1, "string"],
        ["value", 2, kind],
      ]);
    named.add(name);
    return name;
  };
  type("Any", [["yaml", 2, "string"]]);
  for (const [name, shape] of Object.entries(OPENAPI_V2_MESSAGES)) {
    const vendor: [string, number, string, boolean][] =
      "vendor" in shape && shape.vendor !== undefined ? [["vendor", shape.vendor, pair("Any"), true]] : [];
    if (shape.form === "struct") {
      const fields = Object.entries(shape.fields).map(
        ([key, [id, kind, repeated]]) => [key.replace("$", ""), id, kind, repeated !== undefined] as const,
      );
      type(name, [...fields, ...vendor]);
    } else if (shape.form === "map") {
      type(name, [["entries", shape.entry, pair(shape.value), true], ...vendor]);
    } else if (shape.form === "list") {
      type(name, [["values", shape.field, shape.item, true]]);
    } else {
      const probes = [
        {},
        { $ref: "x" },
        { in: "body" },
        { in: "header" },
        { in: "formData" },
        { in: "query" },
        { in: "path" },
        true,
      ];
      const members = new Map<number, string>();
      for (const probe of probes) {
        const chosen = shape.choose(probe);
        if (chosen !== undefined) members.set(...chosen);
      }
      type(
        name,
        [...members].map(([id, kind]) => [`as${kind}`, id, kind] as const),
      );
    }
  }
  return root;
}

function decode(document: JsonObject): JsonObject {
  const type = reflect().lookupType("Document");
  return type.toObject(type.decode(encodeOpenApiV2(document)), { longs: Number });
}

describe("encodeOpenApiV2", () => {
  it("writes the bytes that gnostic writes", () => {
    const bytes = encodeOpenApiV2({ swagger: "2.0", info: { title: "T", version: "v" } });
    expect(bytes.toString("hex")).toBe("0a03322e3012060a01541201" + "76");
  });

  it("keeps extensions as YAML text that is JSON", () => {
    const bytes = encodeOpenApiV2({ "x-a": { b: ["\u0085"] } });
    const text = '{"b":["\\u0085"]}\n';
    // vendor_extension = 16, NamedAny { name = 1, value = 2: Any { yaml = 2 } }
    const any = Buffer.concat([Buffer.from([0x12, text.length]), Buffer.from(text)]);
    const named = Buffer.concat([Buffer.from([0x0a, 3]), Buffer.from("x-a"), Buffer.from([0x12, any.length]), any]);
    expect(bytes).toEqual(Buffer.concat([Buffer.from([0x82, 0x01, named.length]), named]));
  });

  it("round-trips paths, parameters and answers", () => {
    const decoded = decode({
      swagger: "2.0",
      paths: {
        "/api/v1/things": {
          patch: {
            operationId: "patchThing",
            consumes: ["a/b", "c/d"],
            parameters: [
              { in: "body", name: "body", required: true, schema: { $ref: "#/definitions/Thing" } },
              { in: "query", name: "fieldValidation", type: "string", uniqueItems: true },
              { in: "path", name: "name", type: "string", required: true },
            ],
            responses: { "200": { description: "OK", schema: { $ref: "#/definitions/Thing" } } },
            "x-kubernetes-action": "patch",
          },
        },
      },
    });
    const reference = { ref: "#/definitions/Thing" };
    expect(decoded).toEqual({
      swagger: "2.0",
      paths: {
        entries: [
          {
            name: "/api/v1/things",
            value: {
              patch: {
                operationId: "patchThing",
                consumes: ["a/b", "c/d"],
                parameters: [
                  { asParameter: { asBodyParameter: { in: "body", name: "body", required: true, schema: reference } } },
                  {
                    asParameter: {
                      asNonBodyParameter: {
                        asQueryParameterSubSchema: {
                          in: "query",
                          name: "fieldValidation",
                          type: "string",
                          uniqueItems: true,
                        },
                      },
                    },
                  },
                  {
                    asParameter: {
                      asNonBodyParameter: {
                        asPathParameterSubSchema: { in: "path", name: "name", type: "string", required: true },
                      },
                    },
                  },
                ],
                responses: {
                  entries: [
                    { name: "200", value: { asResponse: { description: "OK", schema: { asSchema: reference } } } },
                  ],
                },
                vendor: [{ name: "x-kubernetes-action", value: { yaml: '"patch"\n' } }],
              },
            },
          },
        ],
      },
    });
  });

  it("round-trips schemas", () => {
    const decoded = decode({
      definitions: {
        Thing: {
          type: "object",
          required: ["a"],
          properties: {
            a: { type: "array", items: { type: "string", enum: ["x", ""], maxLength: 63 } },
            __proto__x: { type: "number", minimum: -1.5, default: { b: 1 } },
          },
          additionalProperties: false,
        },
      },
    });
    expect(decoded).toEqual({
      definitions: {
        entries: [
          {
            name: "Thing",
            value: {
              type: { values: ["object"] },
              required: ["a"],
              additionalProperties: { asbool: false },
              properties: {
                entries: [
                  {
                    name: "a",
                    value: {
                      type: { values: ["array"] },
                      items: {
                        values: [
                          { type: { values: ["string"] }, enum: [{ yaml: '"x"\n' }, { yaml: '""\n' }], maxLength: 63 },
                        ],
                      },
                    },
                  },
                  {
                    name: "__proto__x",
                    value: { type: { values: ["number"] }, minimum: -1.5, default: { yaml: '{"b":1}\n' } },
                  },
                ],
              },
            },
          },
        ],
      },
    });
  });

  it("refuses what has no place in the message", () => {
    expect(() => encodeOpenApiV2({ definitions: { A: { anyOf: [] } } })).toThrow(OpenApiEncodingError);
    expect(() => encodeOpenApiV2({ definitions: { A: { constructor: 1 } } })).toThrow(
      'Schema has no field "constructor"',
    );
    expect(() => encodeOpenApiV2({ schemes: "https" })).toThrow("Document.schemes is not a list");
    let deep: JsonObject = { type: "string" };
    for (let depth = 0; depth < 1000; depth++) deep = { items: deep };
    expect(() => encodeOpenApiV2({ definitions: { deep } })).toThrow("nested deeper");
  });
});
