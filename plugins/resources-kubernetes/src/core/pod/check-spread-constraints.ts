import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkPositive } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";
import { checkLabelKeys, checkLegacyLabelKeys } from "./check-label-keys.js";
import type { PodAllowances } from "./pod-allowances.js";

const ACTIONS = ["DoNotSchedule", "ScheduleAnyway"];
const NODE_POLICIES = ["Honor", "Ignore"];

function checkMinDomains(domains: number, action: string, path: string, errors: FieldErrors): void {
  checkPositive(domains, path, errors);
  if (action === "DoNotSchedule") return;
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  errors.invalid(path, domains, detail);
}

function checkConstraint(one: core.TopologySpreadConstraint, path: string, errors: FieldErrors): void {
  checkPositive(one.maxSkew, `${path}.maxSkew`, errors);
  if (one.topologyKey === "") errors.required(`${path}.topologyKey`, "can not be empty");
  checkEnum(one.whenUnsatisfiable, ACTIONS, `${path}.whenUnsatisfiable`, errors);
}

function pairOf({ topologyKey, whenUnsatisfiable }: core.TopologySpreadConstraint): string {
  return `{${topologyKey}, ${whenUnsatisfiable}}`;
}

function checkRest(one: core.TopologySpreadConstraint, path: string, errors: FieldErrors, allow: PodAllowances): void {
  const { minDomains, nodeAffinityPolicy, nodeTaintsPolicy, labelSelector } = one;
  if (minDomains !== undefined) checkMinDomains(minDomains, one.whenUnsatisfiable, `${path}.minDomains`, errors);
  if (nodeAffinityPolicy !== undefined)
    checkEnum(nodeAffinityPolicy, NODE_POLICIES, `${path}.nodeAffinityPolicy`, errors);
  if (nodeTaintsPolicy !== undefined) checkEnum(nodeTaintsPolicy, NODE_POLICIES, `${path}.nodeTaintsPolicy`, errors);
  const { matchLabelKeys } = one;
  if (allow.legacySpreadKeys === true) checkLegacyLabelKeys(one, path, errors);
  else checkLabelKeys({ labelSelector, matchLabelKeys }, path, errors);
  if (labelSelector !== undefined && allow.spreadSelectors !== true)
    checkLabelSelector(labelSelector, `${path}.labelSelector`, errors);
}

/** How pods are spread over the nodes; upstream's `validateTopologySpreadConstraints`. */
export function checkSpreadConstraints(
  constraints: readonly core.TopologySpreadConstraint[],
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  const last = new Map<string, number>();
  for (const [index, one] of constraints.entries()) last.set(pairOf(one), index);
  for (const [index, one] of constraints.entries()) {
    const at = `${path}[${index}]`;
    checkConstraint(one, at, errors);
    if (last.get(pairOf(one)) !== index) errors.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pairOf(one));
    checkRest(one, at, errors, allow);
  }
}
