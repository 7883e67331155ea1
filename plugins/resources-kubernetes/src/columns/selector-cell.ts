import type { LabelSelector, LabelSelectorRequirement } from "../types/meta-v1.js";

function requirementText({ key, operator, values }: LabelSelectorRequirement): string {
  const list = `(${[...new Set(values ?? [])].sort().join(",")})`;
  if (operator === "In") return `${key} in ${list}`;
  if (operator === "NotIn") return `${key} notin ${list}`;
  if (operator === "Exists") return key;
  return operator === "DoesNotExist" ? `!${key}` : "<error>";
}

/** A selector as tables show it, in the order of its keys: `app=web,tier in (a,b)`; `<none>` without any. Upstream's `FormatLabelSelector`. */
export function selectorCell(selector: LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const expressions = (selector?.matchExpressions ?? []).map((one) => ({ key: one.key, text: requirementText(one) }));
  const texts = [...labels, ...expressions]
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ text }) => text);
  if (texts.includes("<error>")) return "<error>";
  return texts.length === 0 ? "<none>" : texts.join(",");
}
