import type { UserInfo } from "@quarterdeck/meta";
import type { AuthorizationAttributes, AuthorizationDecision } from "@quarterdeck/sdk";
import type { Grants } from "./grants.js";
import type { RoleIndex } from "./role-index.js";

/** How many decisions are remembered of one user; then all are forgotten. */
const MOST_DECISIONS = 1024;
/** Longer questions are answered each time: nobody has names like that, and whoever sends them must not fill the memory. */
const LONGEST_KEY = 1024;
const SEPARATOR = "\n";
const NO_OPINION: AuthorizationDecision = Object.freeze({ decision: "no-opinion" });

function aggregate(errors: readonly string[]): string {
  const all = [...new Set(errors)];
  return all.length === 1 ? String(all[0]) : `[${all.join(", ")}]`;
}

/** What has been found out about one user, which holds as long as no role and no binding changes. */
export class KnownUser {
  readonly #grants = new Map<string, Grants>();
  readonly #decisions = new Map<string, AuthorizationDecision>();

  constructor(
    private readonly index: RoleIndex,
    private readonly user: UserInfo,
    /** Of the index, when this was made. */
    readonly generation: number,
  ) {}

  /** What the user holds by the bindings of a namespace alone, or of the cluster when that is empty. */
  grants(namespace: string): Grants {
    let found = this.#grants.get(namespace);
    if (found === undefined) {
      // Namespaces come from paths, so anybody can name many that do not exist.
      if (this.#grants.size >= MOST_DECISIONS) this.#grants.clear();
      found = this.index.grants(this.user, namespace);
      this.#grants.set(namespace, found);
    }
    return found;
  }

  decide(attributes: AuthorizationAttributes): AuthorizationDecision {
    const key = this.#key(attributes);
    if (key === undefined || key.length > LONGEST_KEY) return this.#find(attributes);
    const known = this.#decisions.get(key);
    if (known !== undefined) return known;
    const decision = this.#find(attributes);
    if (this.#decisions.size >= MOST_DECISIONS) this.#decisions.clear();
    this.#decisions.set(key, decision);
    return decision;
  }

  /**
   * Questions of one key have one answer; names are left out where no rule asks for them. There is none for what holds a
   * separator, which only reviews and odd paths do: two questions could be taken for one.
   */
  #key(attributes: AuthorizationAttributes): string | undefined {
    const { verb, isResourceRequest, path, apiGroup, resource, subresource, namespace, name } = attributes;
    if (verb.includes(SEPARATOR)) return undefined;
    if (!isResourceRequest) return path.includes(SEPARATOR) ? undefined : `${SEPARATOR}${verb}${SEPARATOR}${path}`;
    const odd =
      apiGroup.includes(SEPARATOR) ||
      resource.includes(SEPARATOR) ||
      subresource.includes(SEPARATOR) ||
      namespace.includes(SEPARATOR) ||
      name.includes(SEPARATOR);
    if (odd) return undefined;
    const named = this.grants("").named || (namespace !== "" && this.grants(namespace).named);
    const key = `${verb}\n${apiGroup}\n${resource}\n${subresource}\n${namespace}`;
    return named ? `${key}\n${name}` : key;
  }

  #find(attributes: AuthorizationAttributes): AuthorizationDecision {
    const cluster = this.grants("");
    const { namespace } = attributes;
    const own = namespace === "" ? undefined : this.grants(namespace);
    const grant = cluster.find(attributes) ?? own?.find(attributes);
    if (grant !== undefined) return { decision: "allow", reason: `RBAC: allowed by ${grant.source}` };
    const errors = own === undefined ? cluster.errors : [...cluster.errors, ...own.errors];
    return errors.length === 0 ? NO_OPINION : { decision: "no-opinion", reason: `RBAC: ${aggregate(errors)}` };
  }
}
