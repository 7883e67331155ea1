import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { compareVersions } from "@quarterdeck/scheme";
import { compareGroups } from "./group-order.js";

/** A resource in one of its served versions. */
export interface ServedResource {
  readonly descriptor: ResourceDescriptor;
  readonly version: VersionDescriptor;
}

/** A version of a group with what is served in it, by resource name. */
export interface ServedVersion {
  readonly version: string;
  /** `v1` or `apps/v1`. */
  readonly apiVersion: string;
  /** `/api/v1` or `/apis/apps/v1`. */
  readonly path: string;
  readonly resources: readonly ServedResource[];
}

/** A group with its served versions, the preferred one first. */
export interface ServedGroup {
  readonly name: string;
  readonly versions: readonly ServedVersion[];
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is served, sorted: groups by importance (core is the empty name), versions by priority, resources by name. */
export function servedGroups(descriptors: readonly ResourceDescriptor[]): ServedGroup[] {
  const groups = new Map<string, Map<string, ServedResource[]>>();
  for (const descriptor of descriptors) {
    for (const version of descriptor.servedVersions) {
      const versions = groups.get(version.group) ?? new Map<string, ServedResource[]>();
      groups.set(version.group, versions);
      const resources = versions.get(version.version) ?? [];
      versions.set(version.version, resources);
      resources.push({ descriptor, version });
    }
  }
  return [...groups]
    .sort(([a], [b]) => compareGroups(a, b))
    .map(([name, versions]) => ({
      name,
      versions: [...versions]
        .sort(([a], [b]) => compareVersions(a, b))
        .map(([version, resources]) => {
          const apiVersion = name === "" ? version : `${name}/${version}`;
          resources.sort((a, b) => byName(a.descriptor.resource, b.descriptor.resource));
          return { version, apiVersion, path: `${name === "" ? "/api" : "/apis"}/${apiVersion}`, resources };
        }),
    }));
}
