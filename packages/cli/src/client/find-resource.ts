import { nearest } from "@quarterdeck/kernel";
import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { UsageError } from "../usage-error.js";
import type { ApiConnection } from "./api-connection.js";

/** A resource as discovery tells of it, in the version that the server prefers. */
export interface FoundResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
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

function resourcesOf(group: JsonValue): FoundResource[] {
  if (!isJsonObject(group)) return [];
  const name = isJsonObject(group.metadata) ? text(group.metadata.name) : "";
  const found = new Map<string, FoundResource>();
  for (const version of list(group.versions)) {
    if (!isJsonObject(version)) continue;
    for (const one of list(version.resources)) {
      if (!isJsonObject(one) || found.has(text(one.resource))) continue;
      const kind = isJsonObject(one.responseKind) ? text(one.responseKind.kind) : "";
      const names = [one.resource, one.singularResource, kind, ...list(one.shortNames)].map(text);
      found.set(text(one.resource), {
        group: name,
        version: text(version.version),
        resource: text(one.resource),
        namespaced: one.scope === "Namespaced",
        names: [...new Set(names.filter((word) => word !== "").map((word) => word.toLowerCase()))],
      });
    }
  }
  return [...found.values()];
}

/** `rollout` or `ro` or `Rollout`, alone or with `.delivery.example.com`. */
function isMeant({ names, group }: FoundResource, word: string): boolean {
  return names.some((name) => word === name || (group !== "" && word === `${name}.${group}`));
}

/** Finds what a person calls a resource by what the server serves; the core group comes first. */
export async function findResource(connection: ApiConnection, word: string): Promise<FoundResource> {
  const documents = await Promise.all([connection.json("/api", AGGREGATED), connection.json("/apis", AGGREGATED)]);
  const resources = documents.flatMap(({ items }) => list(items)).flatMap(resourcesOf);
  const asked = word.toLowerCase();
  const found = resources.find((one) => isMeant(one, asked));
  if (found !== undefined) return found;
  const known = resources.flatMap(({ names }) => names);
  throw new UsageError(`the server serves no resource "${word}"`, nearest(asked, known));
}
