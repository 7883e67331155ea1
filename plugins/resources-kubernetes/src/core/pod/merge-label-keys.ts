import type * as core from "../../types/core-v1.js";
import type * as meta from "../../types/meta-v1.js";

type Labels = { readonly [key: string]: string };

function merge(selector: meta.LabelSelector, keys: readonly string[], operator: "In" | "NotIn", labels: Labels): void {
  for (const key of keys) {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (value === undefined) continue;
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }];
  }
}

function mergeTerm(term: core.PodAffinityTerm, labels: Labels): void {
  // No selector chooses no pod, with whatever keys.
  if (term.labelSelector === undefined) return;
  merge(term.labelSelector, term.matchLabelKeys ?? [], "In", labels);
  merge(term.labelSelector, term.mismatchLabelKeys ?? [], "NotIn", labels);
}

function mergeAffinity(affinity: core.PodAffinity | undefined, labels: Labels): void {
  for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) mergeTerm(term, labels);
  for (const { podAffinityTerm } of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    mergeTerm(podAffinityTerm, labels);
}

/** Writes what a new pod's label keys stand for into the selectors beside them, as schedulers expect it. */
export function mergeLabelKeys(spec: core.PodSpec, labels: Labels): void {
  mergeAffinity(spec.affinity?.podAffinity, labels);
  mergeAffinity(spec.affinity?.podAntiAffinity, labels);
  for (const { labelSelector, matchLabelKeys = [] } of spec.topologySpreadConstraints ?? [])
    if (labelSelector !== undefined) merge(labelSelector, matchLabelKeys, "In", labels);
}
