import type { JsonValue } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "./read-schema.js";

describe("a schema in Go's form", () => {
  it("has fields in order, at every level, without those that are unknown or empty", () => {
    const given = {
      properties: {
        a: { unknown: 1, type: "string", description: "", nullable: false, minLength: 0, default: null },
        b: { type: "array", items: { required: [], enum: [null, 1], type: "integer", maximum: 3 } },
      },
      additionalProperties: false,
      not: null,
      type: "object",
      "x-kubernetes-validations": [{ message: "m", rule: "true", other: 1 }],
    };
    expect(JSON.stringify(readSchema(given))).toBe(
      '{"type":"object","properties":{"a":{"type":"string","minLength":0},"b":{"type":"array",' +
        '"items":{"type":"integer","maximum":3,"enum":[null,1]}}},"additionalProperties":false,' +
        '"x-kubernetes-validations":[{"rule":"true","message":"m"}]}',
    );
  });
});

describe("a schema in a schema", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each<[JsonValue, string]>([
    [
      { type: 5 },
      "number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.type of type string",
    ],
    [
      { type: "object", properties: 7 },
      "number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.properties of type map[string]v1.JSONSchemaProps",
    ],
    [
      { pattern: [] },
      "array into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.pattern of type string",
    ],
    [
      { nullable: "x" },
      "string into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.nullable of type bool",
    ],
    [
      { maximum: {} },
      "object into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.maximum of type float64",
    ],
    [
      { allOf: 4 },
      "number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.allOf of type []v1.JSONSchemaProps",
    ],
    [
      { required: [4] },
      "number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.required of type string",
    ],
    [
      { externalDocs: { url: 4 } },
      "number into Go struct field ExternalDocumentation.spec.versions.schema.openAPIV3Schema.properties.properties.externalDocs.url of type string",
    ],
    [
      { "x-kubernetes-validations": {} },
      "object into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.x-kubernetes-validations of type v1.ValidationRules",
    ],
    [
      { "x-kubernetes-validations": ["a"] },
      "string into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.x-kubernetes-validations of type v1.ValidationRule",
    ],
    [
      7,
      "number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties of type v1.JSONSchemaProps",
    ],
  ])("is refused as Go's decoder refuses it: %j", async (y, message) => {
    const openAPIV3Schema = { type: "object", properties: { x: { type: "object", properties: { y } } } };
    const answer = await server.request("/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All", {
      method: "POST",
      body: {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "widgets.example.com" },
        spec: {
          group: "example.com",
          scope: "Cluster",
          names: { plural: "widgets", kind: "Widget" },
          versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
        },
      },
    });
    expect(answer.json()).toMatchObject({
      code: 400,
      message: `CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: json: cannot unmarshal ${message}`,
    });
  });
});
