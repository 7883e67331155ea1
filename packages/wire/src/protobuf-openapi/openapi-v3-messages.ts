import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { MessageShape, MessageShapes } from "./message-shape.js";

/** What stands for itself (1) or refers to another place (2). */
function orReference(kind: string): MessageShape {
  return {
    form: "choice",
    choose: (value) => (isJsonObject(value) && value.$ref !== undefined ? [2, "Reference"] : [1, kind]),
  };
}

/** A default that is an object or a list has no place here, and gnostic writes nothing of it either. */
function defaultOf(value: JsonValue): readonly [number, string] | undefined {
  if (typeof value === "number") return [1, "double"];
  if (typeof value === "boolean") return [2, "bool"];
  return typeof value === "string" ? [3, "string"] : undefined;
}

/** The messages of `openapi.v3` that the server's documents use, with the field numbers of `OpenAPIv3.proto`. */
export const OPENAPI_V3_MESSAGES: MessageShapes = {
  Document: {
    form: "struct",
    fields: { openapi: [1, "string"], info: [2, "Info"], paths: [4, "Paths"], components: [5, "Components"] },
    vendor: 9,
  },
  Info: {
    form: "struct",
    fields: { title: [1, "string"], description: [2, "string"], version: [6, "string"] },
    vendor: 7,
  },
  Paths: { form: "map", entry: 1, value: "PathItem", vendor: 2 },
  PathItem: {
    form: "struct",
    fields: {
      get: [4, "Operation"],
      put: [5, "Operation"],
      post: [6, "Operation"],
      delete: [7, "Operation"],
      options: [8, "Operation"],
      head: [9, "Operation"],
      patch: [10, "Operation"],
      parameters: [13, "ParameterOrReference", "repeated"],
    },
    vendor: 14,
  },
  Operation: {
    form: "struct",
    fields: {
      tags: [1, "string", "repeated"],
      description: [3, "string"],
      operationId: [5, "string"],
      parameters: [6, "ParameterOrReference", "repeated"],
      requestBody: [7, "RequestBodyOrReference"],
      responses: [8, "Responses"],
      deprecated: [10, "bool"],
    },
    vendor: 13,
  },
  ParameterOrReference: orReference("Parameter"),
  Parameter: {
    form: "struct",
    fields: {
      name: [1, "string"],
      in: [2, "string"],
      description: [3, "string"],
      required: [4, "bool"],
      schema: [10, "SchemaOrReference"],
    },
    vendor: 14,
  },
  RequestBodyOrReference: orReference("RequestBody"),
  RequestBody: {
    form: "struct",
    fields: { description: [1, "string"], content: [2, "MediaTypes"], required: [3, "bool"] },
    vendor: 4,
  },
  MediaTypes: { form: "map", entry: 1, value: "MediaType" },
  MediaType: { form: "struct", fields: { schema: [1, "SchemaOrReference"] }, vendor: 5 },
  Responses: { form: "map", entry: 2, value: "ResponseOrReference", vendor: 3 },
  ResponseOrReference: orReference("Response"),
  Response: { form: "struct", fields: { description: [1, "string"], content: [3, "MediaTypes"] }, vendor: 5 },
  Components: {
    form: "struct",
    fields: { schemas: [1, "Schemas"], securitySchemes: [7, "SecuritySchemes"] },
    vendor: 10,
  },
  Schemas: { form: "map", entry: 1, value: "SchemaOrReference" },
  SecuritySchemes: { form: "map", entry: 1, value: "SecuritySchemeOrReference" },
  SecuritySchemeOrReference: orReference("SecurityScheme"),
  SecurityScheme: {
    form: "struct",
    fields: { type: [1, "string"], description: [2, "string"], name: [3, "string"], in: [4, "string"] },
    vendor: 9,
  },
  Reference: { form: "struct", fields: { $ref: [1, "string"], summary: [2, "string"], description: [3, "string"] } },
  SchemaOrReference: orReference("Schema"),
  Schema: {
    form: "struct",
    fields: {
      nullable: [1, "bool"],
      readOnly: [3, "bool"],
      writeOnly: [4, "bool"],
      example: [7, "Any"],
      deprecated: [8, "bool"],
      title: [9, "string"],
      multipleOf: [10, "double"],
      maximum: [11, "double"],
      exclusiveMaximum: [12, "bool"],
      minimum: [13, "double"],
      exclusiveMinimum: [14, "bool"],
      maxLength: [15, "int64"],
      minLength: [16, "int64"],
      pattern: [17, "string"],
      maxItems: [18, "int64"],
      minItems: [19, "int64"],
      uniqueItems: [20, "bool"],
      maxProperties: [21, "int64"],
      minProperties: [22, "int64"],
      required: [23, "string", "repeated"],
      enum: [24, "Any", "repeated"],
      type: [25, "string"],
      allOf: [26, "SchemaOrReference", "repeated"],
      oneOf: [27, "SchemaOrReference", "repeated"],
      anyOf: [28, "SchemaOrReference", "repeated"],
      not: [29, "Schema"],
      items: [30, "ItemsItem"],
      properties: [31, "Properties"],
      additionalProperties: [32, "AdditionalPropertiesItem"],
      default: [33, "DefaultType"],
      description: [34, "string"],
      format: [35, "string"],
    },
    vendor: 36,
  },
  ItemsItem: { form: "list", field: 1, item: "SchemaOrReference" },
  Properties: { form: "map", entry: 1, value: "SchemaOrReference" },
  AdditionalPropertiesItem: {
    form: "choice",
    choose: (value) => (typeof value === "boolean" ? [2, "bool"] : [1, "SchemaOrReference"]),
  },
  DefaultType: { form: "choice", choose: defaultOf },
};
