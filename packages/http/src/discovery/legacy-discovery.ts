import type { JsonObject } from "@quarterdeck/meta";
import { apiResources } from "./api-resource.js";
import type { ServedGroup, ServedVersion } from "./group-catalogue.js";

/** `/api`: the versions of the core group and where the server is. */
export function apiVersions(core: ServedGroup | undefined, serverAddress: string): JsonObject {
  return {
    kind: "APIVersions",
    versions: core === undefined ? [] : core.versions.map(({ version }) => version),
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }],
  };
}

function groupFields(group: ServedGroup): JsonObject {
  const versions = group.versions.map(({ apiVersion, version }) => ({ groupVersion: apiVersion, version }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

/** `/apis`: every named group. */
export function apiGroupList(groups: readonly ServedGroup[]): JsonObject {
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(groupFields) };
}

/** `/apis/<group>`. */
export function apiGroup(group: ServedGroup): JsonObject {
  return { kind: "APIGroup", apiVersion: "v1", ...groupFields(group) };
}

/** `/api/v1` and `/apis/<group>/<version>`; that of the core group carries no apiVersion, as upstream's. */
export function apiResourceList(group: ServedGroup, version: ServedVersion): JsonObject {
  return {
    kind: "APIResourceList",
    ...(group.name === "" ? {} : { apiVersion: "v1" }),
    groupVersion: version.apiVersion,
    resources: version.resources.flatMap(({ descriptor, version: served }) =>
      apiResources(descriptor, served).map((row) => ({ ...row })),
    ),
  };
}
