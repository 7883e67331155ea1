import type { PlainRule } from "@quarterdeck/meta";
import type * as rbac from "../types/rbac-v1.js";

/** The rules of a role with all of their lists. */
export function plainRules(rules: rbac.Role["rules"]): PlainRule[] {
  return (rules ?? []).map(
    ({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }): PlainRule => ({
      verbs: verbs ?? [],
      apiGroups,
      resources,
      resourceNames,
      nonResourceURLs,
    }),
  );
}
