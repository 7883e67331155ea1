import type { LabelSelector, LabelSelectorRequirement } from "../types/meta-v1.js";

function requirementText({ key, operator, values }: LabelSelectorRequirement): string {
  const list = `(${[...new Set(values ?? [])].sort().join(",")})`;
  if (operator === "In") return `${key} in ${list}`;
  if (operator === "NotIn") return `${key} notin ${list}`;
  if (operator === "Exists") return key;
  return operator === "DoesNotExist" ? `!${key}` : "<error>";
}

/** A selector as text, in the order of its keys: `app=web,tier in (a,b)`; empty when it says nothing, undefined when it cannot be read. */
export function selectorText(selector: LabelSelector | null | undefined): string | undefined {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const expressions = (selector?.matchExpressions ?? []).map((one) => ({ key: one.key, text: requirementText(one) }));
  const texts = [...labels, ...expressions]
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ text }) => text);
  return texts.includes("<error>") ? undefined : texts.join(",");
}

/** A selector as tables show it: `<none>` when it says nothing. Upstream's `FormatLabelSelector`. */
export function selectorCell(selector: LabelSelector | null | undefined): string {
  const text = selectorText(selector);
  if (text === undefined) return "<error>";
  return text === "" ? "<none>" : text;
}
