import type { JsonObject } from "@quarterdeck/meta";
import type { ServedGroup, ServedVersion } from "../discovery/group-catalogue.js";
import { Definitions } from "./definitions.js";
import type { OperationModel, PathModel } from "./operation.js";
import { RESPONSE_TEXTS } from "./operation.js";
import type { ParameterModel } from "./parameter.js";
import { versionPaths } from "./version-paths.js";

/** What the documents say of the server: their `info`, and what it speaks. */
export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  /** Their paths name the media types of CBOR. */
  readonly cbor?: boolean;
}

const BEARER_TOKEN: JsonObject = {
  description: "A bearer token: `Authorization: Bearer <token>`.",
  in: "header",
  name: "authorization",
  type: "apiKey",
};

function byPath(paths: readonly PathModel[], write: (path: PathModel) => JsonObject): JsonObject {
  return Object.fromEntries(
    [...paths].sort((a, b) => (a.path < b.path ? -1 : 1)).map((path) => [path.path, write(path)]),
  );
}

function parameter(model: ParameterModel, dialect: "v2" | "v3"): JsonObject {
  const { name, description, type } = model;
  return {
    description,
    in: model.in,
    name,
    ...(model.in === "path" ? { required: true } : {}),
    ...(dialect === "v2" ? { type, uniqueItems: true } : { schema: { type, uniqueItems: true } }),
  };
}

function extensions(operation: OperationModel): JsonObject {
  const { action, kind } = operation;
  if (action === undefined || kind === undefined) return {};
  const { group, version } = kind;
  return {
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": { group, kind: kind.kind, version },
  };
}

function content(mediaTypes: readonly string[], schema: JsonObject): JsonObject {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
}

function operationV3(operation: OperationModel): JsonObject {
  const { body, parameters, produces } = operation;
  const responses: JsonObject = {};
  for (const [code, schema] of operation.responses) {
    responses[code] = { content: content(produces, schema), description: RESPONSE_TEXTS[code] };
  }
  responses["401"] = { description: RESPONSE_TEXTS[401] };
  return {
    description: operation.description,
    operationId: operation.operationId,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map((model) => parameter(model, "v3")) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: { content: content(body.mediaTypes, body.schema), ...(body.required ? { required: true } : {}) },
        }),
    responses,
    tags: [operation.tag],
    ...extensions(operation),
  };
}

function operationV2(operation: OperationModel): JsonObject {
  const { body } = operation;
  const parameters = operation.parameters.map((model) => parameter(model, "v2"));
  if (body !== undefined) {
    parameters.unshift({ in: "body", name: "body", ...(body.required ? { required: true } : {}), schema: body.schema });
  }
  const responses: JsonObject = {};
  for (const [code, schema] of operation.responses) responses[code] = { description: RESPONSE_TEXTS[code], schema };
  responses["401"] = { description: RESPONSE_TEXTS[401] };
  return {
    consumes: body === undefined ? ["*/*"] : [...body.mediaTypes],
    description: operation.description,
    operationId: operation.operationId,
    ...(parameters.length === 0 ? {} : { parameters }),
    produces: [...operation.produces],
    responses,
    schemes: ["https"],
    tags: [operation.tag],
    ...extensions(operation),
  };
}

function pathItem(path: PathModel, dialect: "v2" | "v3"): JsonObject {
  const item: JsonObject = {};
  for (const operation of path.operations) {
    item[operation.method] = dialect === "v2" ? operationV2(operation) : operationV3(operation);
  }
  if (path.parameters.length > 0) item.parameters = path.parameters.map((model) => parameter(model, dialect));
  return item;
}

/** The OpenAPI 3.0 document of one version of a group. */
export function openApiV3(group: string, version: ServedVersion, info: OpenApiInfo): JsonObject {
  const definitions = new Definitions("v3", [{ group, version: version.version }]);
  const paths = versionPaths(version, group, definitions, info.cbor === true);
  return {
    openapi: "3.0.0",
    info: { title: info.title, version: info.version },
    paths: byPath(paths, (path) => pathItem(path, "v3")),
    components: { schemas: definitions.all(), securitySchemes: { BearerToken: BEARER_TOKEN } },
  };
}

/** The Swagger 2.0 document of everything served. */
export function openApiV2(groups: readonly ServedGroup[], info: OpenApiInfo): JsonObject {
  const versions = groups.flatMap(({ name, versions: served }) => served.map((version) => ({ group: name, version })));
  const definitions = new Definitions(
    "v2",
    versions.map(({ group, version }) => ({ group, version: version.version })),
  );
  const paths = versions.flatMap(({ group, version }) => versionPaths(version, group, definitions, info.cbor === true));
  return {
    swagger: "2.0",
    info: { title: info.title, version: info.version },
    paths: byPath(paths, (path) => pathItem(path, "v2")),
    definitions: definitions.all(),
    securityDefinitions: { BearerToken: BEARER_TOKEN },
    security: [{ BearerToken: [] }],
  };
}
