import { Place } from "../definition/place.js";
import type { ResourceDescriptor } from "./resource-descriptor.js";

interface Claim {
  readonly what: string;
  readonly name: string;
}

function pathNames(resource: ResourceDescriptor): Claim[] {
  return [
    { what: "plural", name: resource.resource },
    { what: "singular", name: resource.singular },
    ...resource.shortNames.map((name) => ({ what: "short name", name })),
  ];
}

function kindNames(resource: ResourceDescriptor): Claim[] {
  return [
    { what: "kind", name: resource.kind },
    { what: "list kind", name: resource.listKind },
  ];
}

function claim(taken: Map<string, ResourceDescriptor>, resource: ResourceDescriptor, claims: readonly Claim[]): void {
  for (const { what, name } of claims) {
    const key = `${resource.group}/${name}`;
    const other = taken.get(key) ?? resource;
    if (other !== resource) {
      const problem = `the ${what} is a name of ${other.kind} (${other.source}) in the same group`;
      throw new Place(resource.kind, "@Resource").mistake(problem, name).from(resource.source);
    }
    taken.set(key, resource);
  }
}

/** Refuses two kinds of one group that share a plural, singular, short name, kind or list kind. */
export function checkNameClashes(resources: readonly ResourceDescriptor[]): void {
  const paths = new Map<string, ResourceDescriptor>();
  const kinds = new Map<string, ResourceDescriptor>();
  for (const resource of resources) {
    claim(paths, resource, pathNames(resource));
    claim(kinds, resource, kindNames(resource));
  }
}
