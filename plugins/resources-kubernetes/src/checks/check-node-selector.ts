import { dns1123SubdomainErrors, type FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from "../types/core-v1.js";
import { checkLabelKey } from "./check-labels.js";

const NO_OPERATOR = "not a valid selector operator";

function checkValues({ operator, values = [] }: NodeSelectorRequirement, path: string, errors: FieldErrors): void {
  const at = `${path}.values`;
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) errors.forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  } else if (operator === "Gt" || operator === "Lt") {
    if (values.length !== 1) errors.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
  } else errors.invalid(`${path}.operator`, operator, NO_OPERATOR);
}

function checkExpression(one: NodeSelectorRequirement, path: string, errors: FieldErrors, anyValues: boolean): void {
  checkValues(one, path, errors);
  checkLabelKey(one.key, `${path}.key`, errors);
  if (anyValues) return;
  for (const [index, value] of (one.values ?? []).entries())
    errors.invalidEach(`${path}.values[${index}]`, value, labelValueErrors(value));
}

/** A requirement on a field of a node, of which there is the name alone; upstream's `ValidateNodeFieldSelectorRequirement`. */
function checkField({ key, operator, values = [] }: NodeSelectorRequirement, path: string, errors: FieldErrors): void {
  if (operator !== "In" && operator !== "NotIn") errors.invalid(`${path}.operator`, operator, NO_OPERATOR);
  else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.required(`${path}.values`, detail);
  }
  if (key !== "metadata.name") errors.invalid(`${path}.key`, key, "not a valid field selector key");
  else
    for (const [index, value] of values.entries())
      errors.invalidEach(`${path}.values[${index}]`, value, dns1123SubdomainErrors(value));
}

/** Which nodes one term chooses; upstream's `ValidateNodeSelectorTerm`. `anyValues`: values need be no values of labels. */
export function checkNodeSelectorTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  path: string,
  errors: FieldErrors,
  anyValues = false,
): void {
  for (const [index, one] of matchExpressions.entries())
    checkExpression(one, `${path}.matchExpressions[${index}]`, errors, anyValues);
  for (const [index, one] of matchFields.entries()) checkField(one, `${path}.matchFields[${index}]`, errors);
}

/** Which nodes a pod, a volume or a slice is for; upstream's `ValidateNodeSelector`. */
export function checkNodeSelector(
  { nodeSelectorTerms }: NodeSelector,
  path: string,
  errors: FieldErrors,
  anyValues = false,
): void {
  const terms = nodeSelectorTerms ?? [];
  if (terms.length === 0) errors.required(`${path}.nodeSelectorTerms`, "must have at least one node selector term");
  for (const [index, term] of terms.entries())
    checkNodeSelectorTerm(term, `${path}.nodeSelectorTerms[${index}]`, errors, anyValues);
}
