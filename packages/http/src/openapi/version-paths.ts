import type { JsonObject } from "@quarterdeck/meta";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import type { ServedResource, ServedVersion } from "../discovery/group-catalogue.js";
import { definitionPrefix } from "./definition-name.js";
import type { Definitions } from "./definitions.js";
import { mediaTypes } from "./media-types.js";
import type { PathModel } from "./operation.js";
import { operationScope, operationTag } from "./operation.js";
import { ResourcePaths } from "./resource-paths.js";
import { SchemaWriter } from "./schema-definition.js";
import { kindExtension, list, object, typeFields } from "./schema-shorthand.js";

function listSchema(served: ServedResource, definitions: Definitions, item: JsonObject): JsonObject {
  const { version } = served;
  return {
    ...object(
      `${version.listKind} is a list of ${version.kind}.`,
      {
        ...typeFields(),
        items: list(`List of ${served.descriptor.resource}.`, item),
        metadata: definitions.meta("ListMeta", {
          description: "The resourceVersion of the list, and how to go on.",
          ...(version.schema.definition !== undefined && definitions.dialect === "v3" ? { default: {} } : {}),
        }),
      },
      ["items"],
    ),
    ...kindExtension(version.listKind, [version]),
  };
}

/**
 * Adds the definitions of all kinds of a version and returns its paths; the first is that of its discovery document.
 * `cbor` says that CBOR is spoken.
 */
export function versionPaths(
  served: ServedVersion,
  group: string,
  definitions: Definitions,
  cbor: boolean,
): PathModel[] {
  const groupVersion = { group, version: served.version };
  const prefix = definitionPrefix(groupVersion);
  for (const { version } of served.resources) {
    definitions.reserve(prefix + version.kind);
    definitions.reserve(prefix + version.listKind);
  }
  const writers = {
    typed: new SchemaWriter(definitions, prefix, "typed"),
    custom: new SchemaWriter(definitions, prefix, "custom"),
  };
  const paths: PathModel[] = [
    {
      path: `${served.path}/`,
      parameters: [],
      operations: [
        {
          method: "get",
          operationId: `get${operationScope(groupVersion)}APIResources`,
          description: "get available resources",
          tag: operationTag(groupVersion),
          parameters: [],
          produces: mediaTypes(true, cbor),
          responses: [[200, definitions.meta("APIResourceList")]],
        },
      ],
    },
  ];
  for (const resource of served.resources) {
    const { version } = resource;
    const writer = writers[resource.descriptor.flavour];
    const name = prefix + version.kind;
    const item = definitions.reference(name);
    const schema = writer.kind(version.schema, version.description);
    definitions.set(name, { ...schema, ...kindExtension(version.kind, [version]) });
    if (resource.descriptor.verbs.has("list"))
      definitions.set(prefix + version.listKind, listSchema(resource, definitions, item));
    const schemas = {
      object: item,
      list: definitions.reference(prefix + version.listKind),
      input: ({ inputSchema, inputKind, inputVersion = version }: SubresourceDescriptor) =>
        inputSchema === undefined || inputKind === undefined
          ? undefined
          : writer.input(inputSchema, { ...inputVersion, kind: inputKind }),
    };
    paths.push(...new ResourcePaths(resource, served.path, definitions, schemas, cbor).paths());
  }
  // Nothing refers to it, but clients look it up by its kind.
  definitions.meta("WatchEvent");
  return paths;
}
