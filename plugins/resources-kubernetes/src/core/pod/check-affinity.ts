import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkLabelKey } from "../../checks/check-labels.js";
import { checkNodeSelector, checkNodeSelectorTerm } from "../../checks/check-node-selector.js";
import type * as core from "../../types/core-v1.js";
import { checkLabelKeys } from "./check-label-keys.js";
import type { PodAllowances } from "./pod-allowances.js";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

function checkWeight(weight: number, path: string, errors: FieldErrors): void {
  if (weight <= 0 || weight > 100) errors.invalid(`${path}.weight`, weight, "must be in the range 1-100");
}

function checkTerm(term: core.PodAffinityTerm, path: string, errors: FieldErrors, allow: PodAllowances): void {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey } = term;
  const anyValues = allow.selectorValues === true;
  if (labelSelector !== undefined) checkLabelSelector(labelSelector, `${path}.labelSelector`, errors, anyValues);
  if (namespaceSelector !== undefined)
    checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors, anyValues);
  for (const name of namespaces) errors.invalidEach(`${path}.namespace`, name, dns1123LabelErrors(name));
  checkLabelKeys(term, path, errors);
  if (topologyKey === "") errors.required(`${path}.topologyKey`, "can not be empty");
  checkLabelKey(topologyKey, `${path}.topologyKey`, errors);
}

/** Beside which pods, or not, a pod wants to be; upstream's `validatePodAffinity` and `validatePodAntiAffinity`. */
function checkPodAffinity(affinity: core.PodAffinity, path: string, errors: FieldErrors, allow: PodAllowances): void {
  for (const [index, term] of (affinity[REQUIRED] ?? []).entries())
    checkTerm(term, `${path}.${REQUIRED}[${index}]`, errors, allow);
  for (const [index, { weight, podAffinityTerm }] of (affinity[PREFERRED] ?? []).entries()) {
    const at = `${path}.${PREFERRED}[${index}]`;
    checkWeight(weight, at, errors);
    checkTerm(podAffinityTerm, `${at}.podAffinityTerm`, errors, allow);
  }
}

function checkNodeAffinity(affinity: core.NodeAffinity, path: string, errors: FieldErrors, allow: PodAllowances): void {
  const required = affinity[REQUIRED];
  if (required !== undefined)
    checkNodeSelector(required, `${path}.${REQUIRED}`, errors, allow.nodeAffinityValues === true);
  for (const [index, { weight, preference }] of (affinity[PREFERRED] ?? []).entries()) {
    const at = `${path}.${PREFERRED}[${index}]`;
    checkWeight(weight, at, errors);
    // what is only preferred may have values that no label has; a warning tells of them
    checkNodeSelectorTerm(preference, `${at}.preference`, errors, true);
  }
}

/** Upstream's `validateAffinity`. */
export function checkAffinity(
  { nodeAffinity, podAffinity, podAntiAffinity }: core.Affinity,
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  if (nodeAffinity !== undefined) checkNodeAffinity(nodeAffinity, `${path}.nodeAffinity`, errors, allow);
  if (podAffinity !== undefined) checkPodAffinity(podAffinity, `${path}.podAffinity`, errors, allow);
  if (podAntiAffinity !== undefined) checkPodAffinity(podAntiAffinity, `${path}.podAntiAffinity`, errors, allow);
}
