import type { UserInfo } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  Client,
  Injectable,
  type Lifecycle,
  type Lister,
  ListerOf,
  Logger,
  type ObjectChange,
  type UserRules,
} from "@quarterdeck/sdk";
import { bootstrapPolicy } from "./bootstrap/bootstrap-policy.js";
import { PolicyReconciler } from "./bootstrap/policy-reconciler.js";
import { KnownUsers } from "./known-users.js";
import { RbacOptions } from "./rbac-options.js";
import { RoleIndex } from "./role-index.js";

const GROUP = "rbac.authorization.k8s.io";

/**
 * Allows what the roles allow that bindings give to a user, its groups or a service account; upstream's mode `RBAC`. It
 * never denies: what no role allows is left to the authorizers behind it.
 */
@Injectable()
export class Rbac implements Authorizer, Lifecycle {
  readonly #index = new RoleIndex();
  readonly #users = new KnownUsers(this.#index);
  readonly #ends: readonly (() => void)[];
  readonly #reconciler: PolicyReconciler;

  constructor(
    private readonly options: RbacOptions,
    @ListerOf({ group: GROUP, resource: "clusterroles" }) clusterRoles: Lister,
    @ListerOf({ group: GROUP, resource: "clusterrolebindings" }) clusterRoleBindings: Lister,
    @ListerOf({ group: GROUP, resource: "roles" }) roles: Lister,
    @ListerOf({ group: GROUP, resource: "rolebindings" }) roleBindings: Lister,
    client: Client,
    logger: Logger,
  ) {
    const index = this.#index;
    this.#reconciler = new PolicyReconciler(
      { ClusterRole: clusterRoles, ClusterRoleBinding: clusterRoleBindings, Role: roles, RoleBinding: roleBindings },
      client,
      logger,
    );
    const follow = (lister: Lister, apply: (change: ObjectChange) => void): (() => void) =>
      lister.observe((change) => {
        apply(change);
        this.#reconciler.heard(change.object);
      });
    this.#ends = [
      follow(clusterRoles, (change) => index.clusterRole(change)),
      follow(clusterRoleBindings, (change) => index.clusterRoleBinding(change)),
      follow(roles, (change) => index.role(change)),
      follow(roleBindings, (change) => index.roleBinding(change)),
    ];
  }

  async start(): Promise<void> {
    if (this.options.bootstrapPolicy) await this.#reconciler.reconcile(bootstrapPolicy());
  }

  stop(): void {
    for (const end of this.#ends) end();
  }

  authorize(attributes: AuthorizationAttributes): AuthorizationDecision {
    return this.#users.find(attributes.user).decide(attributes);
  }

  rulesFor(user: UserInfo, namespace: string): UserRules {
    const known = this.#users.find(user);
    const sets = namespace === "" ? [known.grants("")] : [known.grants(""), known.grants(namespace)];
    const rules = sets.flatMap(({ all }) => all.map(({ rule }) => rule.rule));
    const errors = [...new Set(sets.flatMap((set) => set.errors))];
    return {
      resourceRules: rules.filter(({ resources }) => resources.length > 0),
      nonResourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs.length > 0),
      incomplete: false,
      ...(errors.length === 0 ? {} : { evaluationError: errors.join(", ") }),
    };
  }
}
