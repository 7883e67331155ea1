import { labelValueErrors } from "@quarterdeck/meta";
import type * as core from "../types/core-v1.js";

const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ["beta.kubernetes.io/os", 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ["failure-domain.beta.kubernetes.io/region", 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ["failure-domain.beta.kubernetes.io/zone", 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ["beta.kubernetes.io/instance-type", 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ["app.kubernetes.io/created-by", "deprecated since v1.9"],
  ["scheduler.alpha.kubernetes.io/preferAvoidPods", "deprecated since v1.22; use Taints and Tolerations instead"],
  ["node-role.kubernetes.io/master", 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/** What is to be said against a label of nodes; undefined for one that may be used. */
export function nodeLabelWarning(label: string): string | undefined {
  return DEPRECATED.get(label);
}

/** The warnings about a term of a node selector; of one that is only preferred the values too, which nobody checks. */
export function nodeTermWarnings(term: core.NodeSelectorTerm, path: string, preferred: boolean): string[] {
  const warnings: string[] = [];
  for (const [index, { key, values = [] }] of (term.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    const warning = nodeLabelWarning(key);
    if (warning !== undefined) warnings.push(`${at}.key: ${key} is ${warning}`);
    if (!preferred) continue;
    for (const [place, value] of values.entries())
      for (const problem of labelValueErrors(value))
        warnings.push(`${at}.values[${place}]: ${value} is invalid, ${problem}`);
  }
  return warnings;
}
