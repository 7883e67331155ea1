import type { FieldErrors } from "@quarterdeck/meta";
import { checkLabelKey } from "../../checks/check-labels.js";
import type { LabelSelector } from "../../types/meta-v1.js";

const NO_SELECTOR = "must not be specified when labelSelector is not set";
const IN_SELECTOR = "exists in both matchLabelKeys and labelSelector";

/** A selector with keys of which a pod's own values are taken. */
interface Keys {
  readonly labelSelector?: LabelSelector | undefined;
  readonly matchLabelKeys?: readonly string[] | undefined;
  readonly mismatchLabelKeys?: readonly string[] | undefined;
}

function checkKeys(keys: readonly string[], selector: object | undefined, path: string, errors: FieldErrors): void {
  if (keys.length === 0) return;
  if (selector === undefined) errors.forbidden(path, NO_SELECTOR);
  else for (const [index, key] of keys.entries()) checkLabelKey(key, `${path}[${index}]`, errors);
}

/**
 * Upstream's `ValidateMatchLabelKeysAndMismatchLabelKeys`: the selector has got what was made of the keys already, so that a key
 * which stands in it once more was there before.
 */
export function checkLabelKeys(term: Keys, path: string, errors: FieldErrors): void {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  checkKeys(matchLabelKeys, labelSelector, `${path}.matchLabelKeys`, errors);
  checkKeys(mismatchLabelKeys, labelSelector, `${path}.mismatchLabelKeys`, errors);
  const places = new Map(matchLabelKeys.map((key, index) => [key, index]));
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = places.get(key);
    if (index !== undefined && seen.has(key)) errors.invalid(`${path}[${index}]`, key, IN_SELECTOR);
    seen.add(key);
  }
  const mismatching = new Set(mismatchLabelKeys);
  for (const [index, key] of matchLabelKeys.entries()) {
    if (!mismatching.has(key)) continue;
    const detail = "exists in both matchLabelKeys and mismatchLabelKeys";
    errors.invalid(`${path}.matchLabelKeys[${index}]`, key, detail);
  }
}

/** The same for pods that are older than that; upstream's `ValidateMatchLabelKeysInTopologySpread`. */
export function checkLegacyLabelKeys(
  { labelSelector, matchLabelKeys = [] }: Keys,
  path: string,
  errors: FieldErrors,
): void {
  if (matchLabelKeys.length === 0) return;
  const at = `${path}.matchLabelKeys`;
  if (labelSelector === undefined) errors.forbidden(at, NO_SELECTOR);
  const known = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) known.add(key);
  for (const [index, key] of matchLabelKeys.entries()) {
    checkLabelKey(key, `${at}[${index}]`, errors);
    if (known.has(key)) errors.invalid(`${at}[${index}]`, key, IN_SELECTOR);
  }
}
