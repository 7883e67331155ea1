import type { FieldErrors } from "@quarterdeck/meta";
import type { PolicyRule } from "../types/rbac-v1.js";

function isEmpty(list: readonly string[] | null | undefined): boolean {
  return (list ?? []).length === 0;
}

/** What is wrong with a rule; upstream's `ValidatePolicyRule`. */
function checkRule(rule: PolicyRule, namespaced: boolean, path: string, errors: FieldErrors): void {
  if (!isEmpty(rule.nonResourceURLs)) {
    const refuse = (why: string): void => errors.invalid(`${path}.nonResourceURLs`, rule.nonResourceURLs, why);
    if (namespaced) refuse("namespaced rules cannot apply to non-resource URLs");
    if (!isEmpty(rule.apiGroups) || !isEmpty(rule.resources) || !isEmpty(rule.resourceNames))
      refuse("rules cannot apply to both regular resources and non-resource URLs");
    return;
  }
  if (isEmpty(rule.apiGroups))
    errors.required(`${path}.apiGroups`, "resource rules must supply at least one api group");
  if (isEmpty(rule.resources)) errors.required(`${path}.resources`, "resource rules must supply at least one resource");
}

/** What is wrong with the rules of a role; `namespaced` ones cannot be about paths. */
export function checkRules(rules: readonly PolicyRule[] | null, namespaced: boolean, errors: FieldErrors): void {
  for (const [index, rule] of (rules ?? []).entries()) checkRule(rule, namespaced, `rules[${index}]`, errors);
}

/** That each rule has verbs, which upstream declares, so that it comes last. */
export function checkVerbs(rules: readonly PolicyRule[] | null, errors: FieldErrors): void {
  for (const [index, { verbs }] of (rules ?? []).entries())
    if (isEmpty(verbs)) errors.required(`rules[${index}].verbs`);
}
