import type * as core from "../../types/core-v1.js";
import { nodeLabelWarning, nodeTermWarnings } from "../deprecated-node-labels.js";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const MATCHES_NONE = "a null labelSelector results in matching no pod";

/** What is to be said against the labels by which a pod chooses its nodes. */
export function nodeWarnings({ nodeSelector, affinity }: core.PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(nodeSelector ?? {})) {
    const warning = nodeLabelWarning(key);
    if (warning !== undefined) warnings.push(`${path}.nodeSelector[${key}]: ${warning}`);
  }
  const node = affinity?.nodeAffinity;
  const at = `${path}.affinity.nodeAffinity`;
  for (const [index, term] of (node?.[REQUIRED]?.nodeSelectorTerms ?? []).entries())
    warnings.push(...nodeTermWarnings(term, `${at}.${REQUIRED}.nodeSelectorTerms[${index}]`, false));
  for (const [index, { preference }] of (node?.[PREFERRED] ?? []).entries())
    warnings.push(...nodeTermWarnings(preference, `${at}.${PREFERRED}[${index}].preference`, true));
  return warnings;
}

/** What is to be said against the ways in which a pod is spread. */
export function spreadWarnings({ topologySpreadConstraints = [] }: core.PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const [index, { topologyKey, labelSelector }] of topologySpreadConstraints.entries()) {
    const at = `${path}.topologySpreadConstraints[${index}]`;
    const warning = nodeLabelWarning(topologyKey);
    if (warning !== undefined) warnings.push(`${at}.topologyKey: ${topologyKey} is ${warning}`);
    if (labelSelector === undefined) warnings.push(`${at}.labelSelector: ${MATCHES_NONE}`);
  }
  return warnings;
}

function affinityWarnings(affinity: core.PodAffinity | undefined, path: string): string[] {
  const warnings: string[] = [];
  for (const [index, { labelSelector }] of (affinity?.[REQUIRED] ?? []).entries())
    if (labelSelector === undefined) warnings.push(`${path}.${REQUIRED}[${index}].labelSelector: ${MATCHES_NONE}`);
  for (const [index, { podAffinityTerm }] of (affinity?.[PREFERRED] ?? []).entries())
    if (podAffinityTerm.labelSelector === undefined)
      warnings.push(`${path}.${PREFERRED}[${index}].podAffinityTerm.labelSelector: ${MATCHES_NONE}`);
  return warnings;
}

/** What is to be said against the pods that a pod wants, or does not want, near it. */
export function neighbourWarnings({ affinity }: core.PodSpec, path: string): string[] {
  return [
    ...affinityWarnings(affinity?.podAffinity, `${path}.affinity.podAffinity`),
    ...affinityWarnings(affinity?.podAntiAffinity, `${path}.affinity.podAntiAffinity`),
  ];
}
