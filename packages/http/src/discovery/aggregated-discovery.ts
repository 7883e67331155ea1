import type { JsonObject } from "@quarterdeck/meta";
import type { ApiResource } from "./api-resource.js";
import { apiResources } from "./api-resource.js";
import type { ServedGroup, ServedResource, ServedVersion } from "./group-catalogue.js";

function responseKind(row: ApiResource, served: ServedResource): JsonObject {
  // Upstream names group and version for custom resources, and leaves those of its own kinds to be understood.
  const own = served.descriptor.flavour === "custom" ? served.version : { group: "", version: "" };
  return { group: row.group ?? own.group, version: row.version ?? own.version, kind: row.kind };
}

function resourceDiscovery(served: ServedResource): JsonObject[] {
  const [main, ...parts] = apiResources(served.descriptor, served.version);
  if (main === undefined) return [];
  const subresources = parts.map((row) => ({
    subresource: row.name.slice(main.name.length + 1),
    responseKind: responseKind(row, served),
    verbs: row.verbs,
  }));
  return [
    {
      resource: main.name,
      responseKind: responseKind(main, served),
      scope: main.namespaced ? "Namespaced" : "Cluster",
      singularResource: main.singularName,
      verbs: main.verbs,
      ...(main.shortNames === undefined ? {} : { shortNames: main.shortNames }),
      ...(main.categories === undefined ? {} : { categories: main.categories }),
      ...(subresources.length === 0 ? {} : { subresources }),
    },
  ];
}

function versionDiscovery(version: ServedVersion): JsonObject {
  return { version: version.version, resources: version.resources.flatMap(resourceDiscovery), freshness: "Current" };
}

/** An `APIGroupDiscoveryList`: groups, versions, resources and subresources in one document (KEP-3352). */
export function apiGroupDiscoveryList(groups: readonly ServedGroup[], apiVersion: string): JsonObject {
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion,
    metadata: {},
    items: groups.map((group) => ({
      metadata: group.name === "" ? {} : { name: group.name },
      versions: group.versions.map(versionDiscovery),
    })),
  };
}
