import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { ApiConnection } from "./api-connection.js";

/** A resource in one of its versions, as discovery tells of it. */
export interface ServedResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** All that a person may call it, in lower case: plural, singular, kind, short names. */
  readonly names: readonly string[];
}

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function resourcesOf(group: JsonValue): ServedResource[] {
  if (!isJsonObject(group)) return [];
  const name = isJsonObject(group.metadata) ? text(group.metadata.name) : "";
  return list(group.versions)
    .filter(isJsonObject)
    .flatMap(({ version, resources }) =>
      list(resources)
        .filter(isJsonObject)
        .map((one) => {
          const kind = isJsonObject(one.responseKind) ? text(one.responseKind.kind) : "";
          const names = [one.resource, one.singularResource, kind, ...list(one.shortNames)].map(text);
          return {
            group: name,
            version: text(version),
            resource: text(one.resource),
            kind,
            namespaced: one.scope === "Namespaced",
            names: [...new Set(names.filter((word) => word !== "").map((word) => word.toLowerCase()))],
          };
        }),
    );
}

/** All that a server serves: the core group first, of each resource the preferred version first. */
export async function servedResources(connection: ApiConnection): Promise<readonly ServedResource[]> {
  const documents = await Promise.all([connection.json("/api", AGGREGATED), connection.json("/apis", AGGREGATED)]);
  return documents.flatMap(({ items }) => list(items)).flatMap(resourcesOf);
}
