import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  Field,
  type UserRules,
} from "@quarterdeck/sdk";

const ALLOW: AuthorizationDecision = { decision: "allow" };
const NO_OPINION: AuthorizationDecision = { decision: "no-opinion" };

/** The options of the plugin; a path that ends in `*` stands for everything below it. */
export class SystemMastersOptions {
  @Field({
    items: { type: "string", minLength: 1 },
    default: ["/healthz", "/healthz/*", "/livez", "/livez/*", "/readyz", "/readyz/*", "/version"],
    description: "Paths that everybody may read, anonymous users too",
  })
  publicPaths!: string[];

  @Field({
    items: { type: "string", minLength: 1 },
    default: ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*", "/version/"],
    description: "Paths outside any resource that every authenticated user may read",
  })
  discoveryPaths!: string[];
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith("*")));
  const prefixes = patterns.filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  return (path) => exact.has(path) || prefixes.some((prefix) => path.startsWith(prefix));
}

/**
 * Members of `system:masters` may do everything; others may read what upstream's bootstrap roles
 * `system:public-info-viewer` and `system:discovery` open. It has no opinion on the rest, so it can stand before others.
 */
export class SystemMasters implements Authorizer {
  readonly #isPublic: (path: string) => boolean;
  readonly #isDiscovery: (path: string) => boolean;

  constructor(private readonly options: SystemMastersOptions) {
    this.#isPublic = matcher(options.publicPaths);
    this.#isDiscovery = matcher(options.discoveryPaths);
  }

  authorize(attributes: AuthorizationAttributes): AuthorizationDecision {
    const { groups } = attributes.user;
    if (groups.includes("system:masters")) return ALLOW;
    if (attributes.isResourceRequest || attributes.verb !== "get") return NO_OPINION;
    if (this.#isPublic(attributes.path)) return ALLOW;
    return groups.includes("system:authenticated") && this.#isDiscovery(attributes.path) ? ALLOW : NO_OPINION;
  }

  rulesFor({ groups }: AuthorizationAttributes["user"]): UserRules {
    if (groups.includes("system:masters"))
      return {
        resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [] }],
        nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
        incomplete: false,
      };
    const { publicPaths, discoveryPaths } = this.options;
    const paths = groups.includes("system:authenticated") ? [...publicPaths, ...discoveryPaths] : publicPaths;
    return { resourceRules: [], nonResourceRules: [{ verbs: ["get"], nonResourceURLs: paths }], incomplete: false };
  }
}
