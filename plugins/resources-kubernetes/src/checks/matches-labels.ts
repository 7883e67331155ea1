import { labelValueErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import type * as meta from "../types/meta-v1.js";

type Labels = { readonly [key: string]: string };

/** Whether labels meet a requirement; undefined for one that no selector may have. */
function meets({ key, operator, values }: meta.LabelSelectorRequirement, labels: Labels): boolean | undefined {
  if (qualifiedNameErrors(key).length > 0) return undefined;
  const wanted = values ?? [];
  if (wanted.some((value) => labelValueErrors(value).length > 0)) return undefined;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "In":
      return wanted.length === 0 ? undefined : value !== undefined && wanted.includes(value);
    case "NotIn":
      return wanted.length === 0 ? undefined : value === undefined || !wanted.includes(value);
    case "Exists":
      return wanted.length === 0 ? value !== undefined : undefined;
    case "DoesNotExist":
      return wanted.length === 0 ? value === undefined : undefined;
    default:
      return undefined;
  }
}

/**
 * True when a selector chooses what has these labels, as upstream's `LabelSelectorAsSelector` reads it: an empty one chooses
 * everything; none, and one that is invalid, nothing.
 */
export function matchesLabels(selector: meta.LabelSelector | undefined, labels: Labels = {}): boolean {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const equalities = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: "In", values: [value] }));
  return [...equalities, ...matchExpressions].every((requirement) => meets(requirement, labels) === true);
}
