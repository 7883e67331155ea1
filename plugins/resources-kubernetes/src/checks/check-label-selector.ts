import { type FieldErrors, labelValueErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import type { LabelSelector, LabelSelectorRequirement } from "../types/meta-v1.js";

const OPERATORS = new Set(["In", "NotIn", "Exists", "DoesNotExist"]);

function checkRequirement(one: LabelSelectorRequirement, path: string, errors: FieldErrors, anyValues: boolean): void {
  const values = one.values ?? [];
  if ((one.operator === "In" || one.operator === "NotIn") && values.length === 0)
    errors.required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
  if ((one.operator === "Exists" || one.operator === "DoesNotExist") && values.length > 0)
    errors.forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  if (!OPERATORS.has(one.operator)) errors.invalid(`${path}.operator`, one.operator, "not a valid selector operator");
  for (const problem of qualifiedNameErrors(one.key)) errors.invalid(`${path}.key`, one.key, problem);
  if (anyValues) return;
  for (const [index, value] of values.entries())
    for (const problem of labelValueErrors(value)) errors.invalid(`${path}.values[${index}]`, value, problem);
}

/**
 * What is wrong with a label selector in an object; upstream's `ValidateLabelSelector`. `anyValues`: values of expressions need
 * be no values of labels, since those of the stored object are not.
 */
export function checkLabelSelector(
  selector: LabelSelector,
  path: string,
  errors: FieldErrors,
  anyValues = false,
): void {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    for (const problem of qualifiedNameErrors(key)) errors.invalid(`${path}.matchLabels`, key, problem);
    for (const problem of labelValueErrors(value)) errors.invalid(`${path}.matchLabels`, value, problem);
  }
  for (const [index, one] of (selector.matchExpressions ?? []).entries())
    checkRequirement(one, `${path}.matchExpressions[${index}]`, errors, anyValues);
}
