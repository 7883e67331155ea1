import type { AuthorizationAttributes } from "@quarterdeck/sdk";
import type { Grant } from "./grant.js";

interface Placed {
  readonly grant: Grant;
  /** Where it stands among all: the first that allows is the one that a reason names. */
  readonly place: number;
}

const NONE: readonly Placed[] = [];

function push(map: Map<string, Placed[]>, key: string, placed: Placed): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [placed]);
  else known.push(placed);
}

function firstIn(list: readonly Placed[], attributes: AuthorizationAttributes, best: Placed | undefined) {
  for (const placed of list) {
    if (best !== undefined && placed.place > best.place) return best;
    if (placed.grant.rule.allowsResource(attributes)) return placed;
  }
  return best;
}

/** What a user holds by the bindings of the cluster or of one namespace, by resource. */
export class Grants {
  readonly #byResource = new Map<string, Placed[]>();
  /** By subresource, of rules about `*\/scale` and the like. */
  readonly #bySubresource = new Map<string, Placed[]>();
  readonly #anyResource: Placed[] = [];
  readonly #paths: Grant[] = [];
  /** True when a rule is about some objects only, so that names make a difference. */
  readonly named: boolean;

  constructor(
    readonly all: readonly Grant[],
    /** Roles that bindings name and that are not there. */
    readonly errors: readonly string[],
  ) {
    for (const [place, grant] of all.entries()) {
      const { resources, nonResourceURLs } = grant.rule.rule;
      if (nonResourceURLs.length > 0) this.#paths.push(grant);
      const placed = { grant, place };
      for (const resource of new Set(resources)) {
        if (resource === "*") this.#anyResource.push(placed);
        else if (resource.startsWith("*/")) push(this.#bySubresource, resource.slice(2), placed);
        else push(this.#byResource, resource, placed);
      }
    }
    this.named = all.some(({ rule }) => rule.named);
  }

  /** The first grant that allows the request. */
  find(attributes: AuthorizationAttributes): Grant | undefined {
    const { isResourceRequest, verb, path, resource, subresource } = attributes;
    if (!isResourceRequest) return this.#paths.find(({ rule }) => rule.allowsPath(verb, path));
    const whole = subresource === "" ? resource : `${resource}/${subresource}`;
    let best = firstIn(this.#byResource.get(whole) ?? NONE, attributes, undefined);
    best = firstIn(this.#anyResource, attributes, best);
    if (subresource !== "") best = firstIn(this.#bySubresource.get(subresource) ?? NONE, attributes, best);
    return best?.grant;
  }
}
