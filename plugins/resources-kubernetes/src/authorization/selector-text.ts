import type { FieldSelectorAttributes, LabelSelectorAttributes } from "../types/authorization-v1.js";

/** Characters that mean something in a field selector. */
function escaped(value: string): string {
  return value.replace(/[\\,=]/g, "\\$&");
}

/** A field selector as a query has it. What has no such form is left out: it only makes the question wider. */
export function fieldSelectorText({ rawSelector = "", requirements = [] }: FieldSelectorAttributes = {}): string {
  if (rawSelector !== "") return rawSelector;
  const terms = requirements.flatMap(({ key, operator, values = [] }) => {
    const [value, ...more] = values;
    if (value === undefined || more.length > 0) return [];
    if (operator === "In") return [`${key}=${escaped(value)}`];
    return operator === "NotIn" ? [`${key}!=${escaped(value)}`] : [];
  });
  return terms.join(",");
}

/** A label selector as a query has it; operators that nobody knows are left out. */
export function labelSelectorText({ rawSelector = "", requirements = [] }: LabelSelectorAttributes = {}): string {
  if (rawSelector !== "") return rawSelector;
  const terms = requirements.flatMap(({ key, operator, values = [] }) => {
    if (operator === "Exists") return [key];
    if (operator === "DoesNotExist") return [`!${key}`];
    if (values.length === 0) return [];
    if (operator === "In") return [`${key} in (${values.join(",")})`];
    return operator === "NotIn" ? [`${key} notin (${values.join(",")})`] : [];
  });
  return terms.join(",");
}
