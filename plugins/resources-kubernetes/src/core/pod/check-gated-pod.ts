import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import { innerObject } from "../../facts/inner-object.js";
import type * as core from "../../types/core-v1.js";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

function checkNodeSelector(
  selector: { readonly [key: string]: string } | undefined,
  old: { readonly [key: string]: string } = {},
  errors: FieldErrors,
): void {
  const kept = Object.entries(old).every(
    ([key, value]) => selector !== undefined && Object.hasOwn(selector, key) && selector[key] === value,
  );
  if (kept) return;
  const detail = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
  errors.invalid("spec.nodeSelector", selector, detail);
}

function onlyAdds(term: core.NodeSelectorTerm, old: core.NodeSelectorTerm): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  const { matchExpressions: expressions = [], matchFields: fields = [] } = old;
  // a term without requirements chooses nothing, and with some would choose something
  if (expressions.length + fields.length === 0) return matchExpressions.length + matchFields.length === 0;
  return (
    sameJson(matchExpressions.slice(0, expressions.length), expressions) &&
    sameJson(matchFields.slice(0, fields.length), fields)
  );
}

function checkNodeAffinity(
  affinity: core.NodeAffinity | undefined,
  old: core.NodeAffinity | undefined,
  errors: FieldErrors,
): void {
  const before = old?.[REQUIRED]?.nodeSelectorTerms ?? [];
  const terms = affinity?.[REQUIRED]?.nodeSelectorTerms ?? [];
  const path = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
  if (before.length > 0 && before.length !== terms.length) {
    const value = terms.length === 0 ? null : terms.map((term) => innerObject("NodeSelectorTerm", term));
    errors.invalid(path, value, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
    return;
  }
  for (const [index, was] of before.entries()) {
    const term = terms[index] ?? {};
    if (!onlyAdds(term, was))
      errors.invalid(
        `${path}[${index}]`,
        innerObject("NodeSelectorTerm", term),
        "only additions are allowed (no mutations or deletions)",
      );
  }
}

/**
 * While a pod waits at gates, it may be made for fewer nodes. Gives the spec with that put back as it was, so that the rest can be
 * compared.
 */
export function withoutNarrowing(spec: core.PodSpec, old: core.PodSpec, errors: FieldErrors): core.PodSpec {
  const kept = { ...spec };
  if (old.nodeSelector === undefined) delete kept.nodeSelector;
  else kept.nodeSelector = old.nodeSelector;
  if (!sameJson(spec.nodeSelector ?? {}, old.nodeSelector ?? {}))
    checkNodeSelector(spec.nodeSelector, old.nodeSelector, errors);
  const now = spec.affinity?.nodeAffinity;
  const before = old.affinity?.nodeAffinity;
  if (sameJson(now, before)) return kept;
  checkNodeAffinity(now, before, errors);
  const affinity = { ...spec.affinity };
  if (before === undefined) delete affinity.nodeAffinity;
  else affinity.nodeAffinity = before;
  if (old.affinity === undefined && Object.keys(affinity).length === 0) delete kept.affinity;
  else kept.affinity = affinity;
  return kept;
}
