import type { CompiledRule } from "./compiled-rule.js";

/** A rule that somebody has, and why. */
export interface Grant {
  readonly rule: CompiledRule;
  /** `ClusterRoleBinding "x" of ClusterRole "y" to Group "z"`. */
  readonly source: string;
}
