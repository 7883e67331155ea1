import type { PlainRule } from "@quarterdeck/meta";
import type { AuthorizationAttributes } from "@quarterdeck/sdk";

const ALL = "*";

function setOf(list: readonly string[]): ReadonlySet<string> | undefined {
  return list.includes(ALL) ? undefined : new Set(list);
}

/** A rule of a role, made ready to be asked often; `undefined` sets stand for everything. */
export class CompiledRule {
  readonly #verbs: ReadonlySet<string> | undefined;
  readonly #groups: ReadonlySet<string> | undefined;
  readonly #names: ReadonlySet<string> | undefined;
  readonly #prefixes: readonly string[];
  readonly #paths: ReadonlySet<string>;

  constructor(readonly rule: PlainRule) {
    this.#verbs = setOf(rule.verbs);
    this.#groups = setOf(rule.apiGroups);
    // Names know no wildcard: "*" is an object of that name.
    this.#names = rule.resourceNames.length === 0 ? undefined : new Set(rule.resourceNames);
    const ends = rule.nonResourceURLs.filter((url) => url.endsWith(ALL));
    this.#prefixes = ends.map((url) => url.replace(/\*+$/, ""));
    this.#paths = new Set(rule.nonResourceURLs);
  }

  /** True when it is about some objects of a resource only. */
  get named(): boolean {
    return this.#names !== undefined;
  }

  /** Whether it allows a request to a resource; that it is about the resource has been found out already. */
  allowsResource({ verb, apiGroup, name }: AuthorizationAttributes): boolean {
    return (
      (this.#verbs === undefined || this.#verbs.has(verb)) &&
      (this.#groups === undefined || this.#groups.has(apiGroup)) &&
      (this.#names === undefined || this.#names.has(name))
    );
  }

  /** Whether it allows a request to a path that is no resource. */
  allowsPath(verb: string, path: string): boolean {
    if (this.#verbs !== undefined && !this.#verbs.has(verb)) return false;
    return this.#paths.has(path) || this.#prefixes.some((prefix) => path.startsWith(prefix));
  }
}
