/** A default cluster role; a rule is written as `parse-rule.ts` says. */
export interface TabledRole {
  readonly rules: readonly string[];
  /** The role whose aggregation gathers this one: the label `rbac.authorization.k8s.io/aggregate-to-<name>`. */
  readonly addTo?: string;
  /** It gathers the roles with that label of this name; it has no rules of its own. */
  readonly gathers?: string;
}

/** Default cluster roles by name. */
export interface RoleTable {
  readonly [name: string]: TabledRole;
}
