import { sameJson } from "../../checks/same-json.js";
import type { PodDisruptionBudgetSpec } from "../../types/policy-v1.js";

/** What upstream has in selectors of a version that is gone, where an empty selector chose nothing. */
const EMPTY_MATCH = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

const CHOOSES_NOTHING = { matchExpressions: [{ key: EMPTY_MATCH, operator: "Exists" }] };

/**
 * Takes a key that only has a meaning alone out of a selector that has more, unless that is stored so; upstream's
 * `StripPDBV1beta1Label`.
 */
export function stripSelector(spec: PodDisruptionBudgetSpec, old?: PodDisruptionBudgetSpec): void {
  const { selector } = spec;
  if (selector?.matchExpressions === undefined || sameJson(selector, CHOOSES_NOTHING)) return;
  if (old !== undefined && sameJson(selector, old.selector)) return;
  const kept = selector.matchExpressions.filter(({ key }) => key !== EMPTY_MATCH);
  if (kept.length > 0) selector.matchExpressions = kept;
  else delete selector.matchExpressions;
}
