import type { JsonObject } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import { encodeOpenApiV2 } from "@quarterdeck/wire/protobuf-openapi";
import { describe, expect, it } from "vitest";
import { servedGroups } from "../discovery/group-catalogue.js";
import { CONFIG_MAPS, ENVIRONMENTS, ROLLOUTS } from "../discovery/rollout.fixture.js";
import { openApiV2, openApiV3 } from "./openapi-document.js";

const INFO = { title: "Test", version: "v0" };
const META = "io.k8s.apimachinery.pkg.apis.meta.v1";
const groups = servedGroups([ROLLOUTS, ENVIRONMENTS, CONFIG_MAPS]);

function v3(path: string): JsonObject {
  for (const group of groups) {
    const version = group.versions.find((candidate) => candidate.path === path);
    if (version !== undefined) return openApiV3(group.name, version, INFO);
  }
  throw new Error(`nothing served at ${path}`);
}

function at(document: unknown, ...keys: string[]): JsonObject {
  let value: unknown = document;
  for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
  if (!isJsonObject(value)) throw new Error(`no object at ${keys.join(" ")}`);
  return value;
}

function every(document: unknown, key: string): unknown[] {
  if (typeof document !== "object" || document === null) return [];
  return Object.entries(document).flatMap(([name, value]) => [...(name === key ? [value] : []), ...every(value, key)]);
}

const delivery = v3("/apis/delivery.example.com/v1");
const swagger = openApiV2(groups, INFO);
const ROLLOUT = "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}";

describe("the media types that the documents name", () => {
  const operationOf = (info: typeof INFO, path: string, method: string): JsonObject =>
    at(openApiV2(groups, info), "paths", path, method);

  it("are those of CBOR where it is spoken, in upstream's order", () => {
    const spoken = { ...INFO, cbor: true };
    const maps = "/api/v1/namespaces/{namespace}/configmaps";
    const objects = ["application/json", "application/yaml", "application/cbor"];
    expect(operationOf(spoken, maps, "get").produces).toEqual([
      ...objects,
      "application/json;stream=watch",
      "application/cbor-seq",
    ]);
    expect(operationOf(spoken, maps, "post").consumes).toEqual(objects);
    expect(operationOf(spoken, `${maps}/{name}`, "patch").consumes).toEqual([
      "application/json-patch+json",
      "application/merge-patch+json",
      "application/strategic-merge-patch+json",
      "application/apply-patch+yaml",
      "application/apply-patch+cbor",
    ]);
    expect(operationOf(spoken, "/api/v1/", "get").produces).toEqual([
      "application/json",
      "application/yaml",
      "application/vnd.kubernetes.protobuf",
      "application/cbor",
    ]);
    expect(JSON.stringify(at(openApiV2(groups, spoken), "paths", ROLLOUT))).not.toContain("cbor");
  });

  it("are not without", () => {
    expect(JSON.stringify(swagger)).not.toContain("cbor");
  });
});

describe("the OpenAPI v3 document of a version", () => {
  it("has upstream's paths and operations", () => {
    const operations = Object.entries(at(delivery, "paths")).flatMap(([path, item]) =>
      Object.entries(item ?? {}).flatMap(([method, operation]) =>
        isJsonObject(operation)
          ? [`${method} ${path.replace("/apis/delivery.example.com/v1", "")} ${operation.operationId}`]
          : [],
      ),
    );
    const scope = "DeliveryExampleComV1";
    expect(operations).toEqual([
      `get / get${scope}APIResources`,
      `get /environments list${scope}Environment`,
      `post /environments create${scope}Environment`,
      `delete /environments delete${scope}CollectionEnvironment`,
      `get /environments/{name} read${scope}Environment`,
      `put /environments/{name} replace${scope}Environment`,
      `patch /environments/{name} patch${scope}Environment`,
      `delete /environments/{name} delete${scope}Environment`,
      `get /namespaces/{namespace}/rollouts list${scope}NamespacedRollout`,
      `post /namespaces/{namespace}/rollouts create${scope}NamespacedRollout`,
      `delete /namespaces/{namespace}/rollouts delete${scope}CollectionNamespacedRollout`,
      `get /namespaces/{namespace}/rollouts/{name} read${scope}NamespacedRollout`,
      `put /namespaces/{namespace}/rollouts/{name} replace${scope}NamespacedRollout`,
      `patch /namespaces/{namespace}/rollouts/{name} patch${scope}NamespacedRollout`,
      `delete /namespaces/{namespace}/rollouts/{name} delete${scope}NamespacedRollout`,
      `post /namespaces/{namespace}/rollouts/{name}/restart create${scope}NamespacedRolloutRestart`,
      `get /namespaces/{namespace}/rollouts/{name}/scale read${scope}NamespacedRolloutScale`,
      `put /namespaces/{namespace}/rollouts/{name}/scale replace${scope}NamespacedRolloutScale`,
      `patch /namespaces/{namespace}/rollouts/{name}/scale patch${scope}NamespacedRolloutScale`,
      `get /namespaces/{namespace}/rollouts/{name}/status read${scope}NamespacedRolloutStatus`,
      `put /namespaces/{namespace}/rollouts/{name}/status replace${scope}NamespacedRolloutStatus`,
      `patch /namespaces/{namespace}/rollouts/{name}/status patch${scope}NamespacedRolloutStatus`,
      `get /rollouts list${scope}RolloutForAllNamespaces`,
    ]);
  });

  it("lists fieldValidation on PATCH, where kubectl looks for it", () => {
    const patch = at(delivery, "paths", ROLLOUT, "patch");
    expect(every(patch.parameters, "name")).toEqual(["dryRun", "fieldManager", "fieldValidation", "force"]);
    expect(patch).toMatchObject({
      requestBody: {
        content: {
          "application/json-patch+json": { schema: { $ref: `#/components/schemas/${META}.Patch` } },
          "application/merge-patch+json": { schema: { $ref: `#/components/schemas/${META}.Patch` } },
        },
        required: true,
      },
      responses: {
        "200": {
          content: { "application/yaml": { schema: { $ref: "#/components/schemas/com.example.delivery.v1.Rollout" } } },
          description: "OK",
        },
        "401": { description: "Unauthorized" },
      },
      tags: ["deliveryExampleCom_v1"],
      "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": { group: "delivery.example.com", kind: "Rollout", version: "v1" },
    });
    expect(every(at(delivery, "paths", ROLLOUT).parameters, "name")).toEqual(["name", "namespace", "pretty"]);
  });

  it("describes kinds, lists and nested classes", () => {
    const schemas = at(delivery, "components", "schemas");
    expect(Object.keys(schemas).filter((name) => name.startsWith("com."))).toEqual([
      "com.example.delivery.v1.Environment",
      "com.example.delivery.v1.EnvironmentList",
      "com.example.delivery.v1.RestartRequest",
      "com.example.delivery.v1.Rollout",
      "com.example.delivery.v1.RolloutList",
      "com.example.delivery.v1.RolloutSpec",
      "com.example.delivery.v1.RolloutStatus",
      "com.example.delivery.v1.Step",
    ]);
    expect(schemas["com.example.delivery.v1.Rollout"]).toMatchObject({
      description: "Rollout brings an image to the world step by step.",
      properties: {
        metadata: { allOf: [{ $ref: `#/components/schemas/${META}.ObjectMeta` }] },
        spec: {
          allOf: [{ $ref: "#/components/schemas/com.example.delivery.v1.RolloutSpec" }],
          description: "What should run.",
        },
      },
      "x-kubernetes-group-version-kind": [{ group: "delivery.example.com", kind: "Rollout", version: "v1" }],
    });
    expect(at(schemas, "com.example.delivery.v1.RolloutSpec", "properties").steps).toEqual({
      type: "array",
      items: {
        allOf: [{ $ref: "#/components/schemas/com.example.delivery.v1.Step" }],
        description: "A stop on the way.",
      },
      description: "The stops, in order.",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
    });
  });

  it("names the core group's definitions and operations as upstream does", () => {
    const core = v3("/api/v1");
    expect(Object.keys(at(core, "components", "schemas"))).toContain("io.k8s.api.core.v1.ConfigMapList");
    expect(at(core, "paths", "/api/v1/namespaces/{namespace}/configmaps", "post").operationId).toBe(
      "createCoreV1NamespacedConfigMap",
    );
  });
});

describe("both dialects", () => {
  const documents = [
    ["v3", delivery, at(delivery, "components", "schemas"), "#/components/schemas/"],
    ["v3 core", v3("/api/v1"), at(v3("/api/v1"), "components", "schemas"), "#/components/schemas/"],
    ["v2", swagger, at(swagger, "definitions"), "#/definitions/"],
  ] as const;

  it.each(documents)(
    "%s: every reference leads somewhere and every definition is described",
    (_, document, schemas, prefix) => {
      const references = every(document, "$ref").map(String);
      expect(references.length).toBeGreaterThan(20);
      for (const reference of references) {
        expect(reference.startsWith(prefix)).toBe(true);
        expect(Object.keys(schemas)).toContain(reference.slice(prefix.length));
      }
      for (const name of [
        "Status",
        "StatusDetails",
        "StatusCause",
        "DeleteOptions",
        "WatchEvent",
        "ManagedFieldsEntry",
      ]) {
        expect(at(schemas, `${META}.${name}`).description).toMatch(new RegExp(`^${name} `));
      }
    },
  );

  it.each(documents)("%s: operationIds are unique", (_, document) => {
    const ids = every(document, "operationId");
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the Swagger 2.0 document", () => {
  it("covers every version with bodies and answers of its own form", () => {
    expect(swagger).toMatchObject({ swagger: "2.0", info: INFO, security: [{ BearerToken: [] }] });
    expect(Object.keys(at(swagger, "definitions"))).toEqual(
      expect.arrayContaining(["io.k8s.api.core.v1.ConfigMap", "com.example.delivery.v1beta1.Rollout"]),
    );
    expect(at(swagger, "paths", ROLLOUT, "put")).toMatchObject({
      consumes: ["application/json", "application/yaml"],
      parameters: [
        { in: "body", name: "body", required: true, schema: { $ref: "#/definitions/com.example.delivery.v1.Rollout" } },
        { in: "query", name: "dryRun", type: "string" },
        { in: "query", name: "fieldManager" },
        { in: "query", name: "fieldValidation" },
      ],
      responses: { "200": { description: "OK", schema: { $ref: "#/definitions/com.example.delivery.v1.Rollout" } } },
    });
  });

  it("has a protobuf form", () => {
    expect(encodeOpenApiV2(swagger).subarray(0, 5).toString()).toBe("\n\u00032.0");
  });
});
