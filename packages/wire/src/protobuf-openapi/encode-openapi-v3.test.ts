import { describe, expect, it } from "vitest";
import { OpenApiEncodingError } from "./document-encoder.js";
import { encodeOpenApiV3 } from "./encode-openapi-v3.js";

/** The bytes of a document whose one schema, `A`, has one keyword, cut down to those of the keyword. */
function keyword(schema: { [key: string]: boolean | number | string | object }): string {
  const document = encodeOpenApiV3({ components: { schemas: { A: JSON.parse(JSON.stringify(schema)) } } });
  // Of components, schemas, the named pair, its name, its value and the schema in it.
  const heads = 2 + 2 + 2 + 3 + 2 + 2;
  return document.subarray(heads).toString("hex");
}

describe("encodeOpenApiV3", () => {
  it("writes the fields of a document", () => {
    const bytes = encodeOpenApiV3({ openapi: "3.0.0", info: { title: "T", version: "v" } });
    expect(bytes.toString("hex")).toBe("0a05332e302e30" + "12060a0154320176");
  });

  it("writes defaults by their type, empty ones too, and nothing of objects", () => {
    expect(keyword({ default: 0 })).toBe("8a0209" + "090000000000000000");
    expect(keyword({ default: false })).toBe("8a0202" + "1000");
    expect(keyword({ default: "" })).toBe("8a0202" + "1a00");
    expect(keyword({ default: {} })).toBe("8a0200");
  });

  it("tells references from schemas", () => {
    const reference = encodeOpenApiV3({ components: { schemas: { A: { items: { $ref: "B" } } } } });
    expect(reference.subarray(13).toString("hex")).toBe("f20107" + "0a05" + "12030a0142");
    expect(keyword({ items: { type: "B" } })).toBe("f20108" + "0a06" + "0a04ca010142");
  });

  it("refuses what has no place", () => {
    expect(() => encodeOpenApiV3({ paths: { "/": { get: { produces: [] } } } })).toThrow(OpenApiEncodingError);
  });
});
