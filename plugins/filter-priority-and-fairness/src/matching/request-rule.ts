import type { JsonObject } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import { texts } from "../objects/json-parts.js";

/** Which requests a rule is about; made once, asked for every request. */
export interface RequestRule {
  matches(info: RequestInfo): boolean;
}

/** The values that match; undefined stands for all. */
function valuesOf(rule: JsonObject, name: string): ReadonlySet<string> | undefined {
  const values = texts(rule, name);
  return values.includes("*") ? undefined : new Set(values);
}

/** Requests for resources. */
export class ResourceRule implements RequestRule {
  readonly #verbs;
  readonly #groups;
  readonly #resources;
  readonly #namespaces;
  readonly #clusterScope: boolean;

  constructor(rule: JsonObject) {
    this.#verbs = valuesOf(rule, "verbs");
    this.#groups = valuesOf(rule, "apiGroups");
    this.#resources = valuesOf(rule, "resources");
    this.#namespaces = valuesOf(rule, "namespaces");
    this.#clusterScope = rule.clusterScope === true;
  }

  matches(info: RequestInfo): boolean {
    if (this.#verbs?.has(info.verb) === false || this.#groups?.has(info.apiGroup) === false) return false;
    if (this.#resources?.has(nameOf(info)) === false) return false;
    return info.namespace === "" ? this.#clusterScope : this.#namespaces?.has(info.namespace) !== false;
  }
}

function nameOf({ resource, subresource }: RequestInfo): string {
  return subresource === "" ? resource : `${resource}/${subresource}`;
}

/** Requests for other paths. */
export class PathRule implements RequestRule {
  readonly #verbs;
  readonly #paths;
  readonly #prefixes: readonly string[];

  constructor(rule: JsonObject) {
    this.#verbs = valuesOf(rule, "verbs");
    this.#paths = valuesOf(rule, "nonResourceURLs");
    // As upstream: a path stands for what is below it too, with a star or without.
    this.#prefixes = [...(this.#paths ?? [])].map((path) => {
      const prefix = path.endsWith("*") ? path.slice(0, -1) : path;
      return prefix.endsWith("/") ? prefix : `${prefix}/`;
    });
  }

  matches({ verb, path }: RequestInfo): boolean {
    if (this.#verbs?.has(verb) === false) return false;
    if (this.#paths === undefined || this.#paths.has(path)) return true;
    return this.#prefixes.some((prefix) => path.startsWith(prefix));
  }
}
