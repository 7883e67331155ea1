import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { FieldKind, MessageField, MessageShapes } from "./message-shape.js";

function property(value: JsonValue, key: string): JsonValue | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

const NON_BODY_PARAMETERS: { readonly [place: string]: readonly [number, FieldKind] } = {
  header: [1, "HeaderParameterSubSchema"],
  formData: [2, "FormDataParameterSubSchema"],
  query: [3, "QueryParameterSubSchema"],
  path: [4, "PathParameterSubSchema"],
};

/** The fields that header and path parameters share, in number order. */
const PARAMETER_FIELDS: { readonly [key: string]: MessageField } = {
  required: [1, "bool"],
  in: [2, "string"],
  description: [3, "string"],
  name: [4, "string"],
  type: [5, "string"],
  format: [6, "string"],
};

/** Those of query and form parameters, which differ after `name`. */
const QUERY_FIELDS: { readonly [key: string]: MessageField } = {
  required: [1, "bool"],
  in: [2, "string"],
  description: [3, "string"],
  name: [4, "string"],
  allowEmptyValue: [5, "bool"],
  type: [6, "string"],
  format: [7, "string"],
};

/** The messages of `openapi.v2` that the server's documents use, with the field numbers of `OpenAPIv2.proto`. */
export const OPENAPI_V2_MESSAGES: MessageShapes = {
  Document: {
    form: "struct",
    fields: {
      swagger: [1, "string"],
      info: [2, "Info"],
      host: [3, "string"],
      basePath: [4, "string"],
      schemes: [5, "string", "repeated"],
      consumes: [6, "string", "repeated"],
      produces: [7, "string", "repeated"],
      paths: [8, "Paths"],
      definitions: [9, "Definitions"],
      security: [12, "SecurityRequirement", "repeated"],
      securityDefinitions: [13, "SecurityDefinitions"],
    },
    vendor: 16,
  },
  Info: {
    form: "struct",
    fields: { title: [1, "string"], version: [2, "string"], description: [3, "string"] },
    vendor: 7,
  },
  Paths: { form: "map", entry: 2, value: "PathItem", vendor: 1 },
  Definitions: { form: "map", entry: 1, value: "Schema" },
  PathItem: {
    form: "struct",
    fields: {
      get: [2, "Operation"],
      put: [3, "Operation"],
      post: [4, "Operation"],
      delete: [5, "Operation"],
      options: [6, "Operation"],
      head: [7, "Operation"],
      patch: [8, "Operation"],
      parameters: [9, "ParametersItem", "repeated"],
    },
    vendor: 10,
  },
  Operation: {
    form: "struct",
    fields: {
      tags: [1, "string", "repeated"],
      summary: [2, "string"],
      description: [3, "string"],
      operationId: [5, "string"],
      produces: [6, "string", "repeated"],
      consumes: [7, "string", "repeated"],
      parameters: [8, "ParametersItem", "repeated"],
      responses: [9, "Responses"],
      schemes: [10, "string", "repeated"],
      deprecated: [11, "bool"],
      security: [12, "SecurityRequirement", "repeated"],
    },
    vendor: 13,
  },
  ParametersItem: {
    form: "choice",
    choose: (value) => (property(value, "$ref") === undefined ? [1, "Parameter"] : [2, "JsonReference"]),
  },
  JsonReference: { form: "struct", fields: { $ref: [1, "string"], description: [2, "string"] } },
  Parameter: {
    form: "choice",
    choose: (value) => (property(value, "in") === "body" ? [1, "BodyParameter"] : [2, "NonBodyParameter"]),
  },
  BodyParameter: {
    form: "struct",
    fields: {
      description: [1, "string"],
      name: [2, "string"],
      in: [3, "string"],
      required: [4, "bool"],
      schema: [5, "Schema"],
    },
    vendor: 6,
  },
  NonBodyParameter: {
    form: "choice",
    choose: (value) => NON_BODY_PARAMETERS[String(property(value, "in"))] ?? [3, "QueryParameterSubSchema"],
  },
  HeaderParameterSubSchema: {
    form: "struct",
    fields: {
      ...PARAMETER_FIELDS,
      default: [9, "Any"],
      pattern: [16, "string"],
      uniqueItems: [19, "bool"],
      enum: [20, "Any", "repeated"],
    },
    vendor: 22,
  },
  PathParameterSubSchema: {
    form: "struct",
    fields: {
      ...PARAMETER_FIELDS,
      default: [9, "Any"],
      pattern: [16, "string"],
      uniqueItems: [19, "bool"],
      enum: [20, "Any", "repeated"],
    },
    vendor: 22,
  },
  QueryParameterSubSchema: {
    form: "struct",
    fields: {
      ...QUERY_FIELDS,
      default: [10, "Any"],
      pattern: [17, "string"],
      uniqueItems: [20, "bool"],
      enum: [21, "Any", "repeated"],
    },
    vendor: 23,
  },
  FormDataParameterSubSchema: {
    form: "struct",
    fields: {
      ...QUERY_FIELDS,
      default: [10, "Any"],
      pattern: [17, "string"],
      uniqueItems: [20, "bool"],
      enum: [21, "Any", "repeated"],
    },
    vendor: 23,
  },
  Responses: { form: "map", entry: 1, value: "ResponseValue", vendor: 2 },
  ResponseValue: {
    form: "choice",
    choose: (value) => (property(value, "$ref") === undefined ? [1, "Response"] : [2, "JsonReference"]),
  },
  Response: { form: "struct", fields: { description: [1, "string"], schema: [2, "SchemaItem"] }, vendor: 5 },
  SchemaItem: { form: "choice", choose: () => [1, "Schema"] },
  Schema: {
    form: "struct",
    fields: {
      $ref: [1, "string"],
      format: [2, "string"],
      title: [3, "string"],
      description: [4, "string"],
      default: [5, "Any"],
      multipleOf: [6, "double"],
      maximum: [7, "double"],
      exclusiveMaximum: [8, "bool"],
      minimum: [9, "double"],
      exclusiveMinimum: [10, "bool"],
      maxLength: [11, "int64"],
      minLength: [12, "int64"],
      pattern: [13, "string"],
      maxItems: [14, "int64"],
      minItems: [15, "int64"],
      uniqueItems: [16, "bool"],
      maxProperties: [17, "int64"],
      minProperties: [18, "int64"],
      required: [19, "string", "repeated"],
      enum: [20, "Any", "repeated"],
      additionalProperties: [21, "AdditionalPropertiesItem"],
      type: [22, "TypeItem"],
      items: [23, "ItemsItem"],
      allOf: [24, "Schema", "repeated"],
      properties: [25, "Properties"],
      discriminator: [26, "string"],
      readOnly: [27, "bool"],
      example: [30, "Any"],
    },
    vendor: 31,
  },
  AdditionalPropertiesItem: {
    form: "choice",
    choose: (value) => (typeof value === "boolean" ? [2, "bool"] : [1, "Schema"]),
  },
  TypeItem: { form: "list", field: 1, item: "string" },
  ItemsItem: { form: "list", field: 1, item: "Schema" },
  Properties: { form: "map", entry: 1, value: "Schema" },
  SecurityRequirement: { form: "map", entry: 1, value: "StringArray" },
  StringArray: { form: "list", field: 1, item: "string" },
  SecurityDefinitions: { form: "map", entry: 1, value: "SecurityDefinitionsItem" },
  SecurityDefinitionsItem: { form: "choice", choose: () => [2, "ApiKeySecurity"] },
  ApiKeySecurity: {
    form: "struct",
    fields: { type: [1, "string"], name: [2, "string"], in: [3, "string"], description: [4, "string"] },
    vendor: 5,
  },
};
