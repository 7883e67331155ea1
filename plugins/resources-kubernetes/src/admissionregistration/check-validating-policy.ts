import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkCel, evaluatesTo } from "../checks/check-cel.js";
import { checkConditions } from "../checks/check-conditions.js";
import type {
  AuditAnnotation,
  ValidatingAdmissionPolicySpec,
  ValidatingAdmissionPolicyStatus,
  Validation,
} from "../types/admissionregistration-v1.js";
import { celVariables } from "./check-match-conditions.js";
import { checkPolicyConditions, checkPolicyMatch, checkVariables } from "./check-policy.js";

const MAX_ANNOTATIONS = 20;
const MAX_EXPRESSION_BYTES = 5 * 1024;
const REASONS: readonly string[] = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const ACTIONS: readonly string[] = ["Audit", "Deny", "Warn"];
const NOTHING_TO_DO = "validations or auditAnnotations must contain at least one item";

function checkValidation(
  { expression, message = "", messageExpression = "", reason }: Validation,
  variables: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (expression.trim() === "") errors.required(`${path}.expression`, "expression is not specified");
  else checkCel(expression, variables, `${path}.expression`, errors, evaluatesTo("bool"));
  const empty = "must be non-empty if specified";
  if (messageExpression !== "" && messageExpression.trim() === "")
    errors.invalid(`${path}.messageExpression`, messageExpression, empty);
  else if (messageExpression !== "") {
    const readable = variables.filter((name) => name !== "authorizer");
    checkCel(messageExpression, readable, `${path}.messageExpression`, errors, evaluatesTo("string"));
  }
  if (message !== "" && message.trim() === "") errors.invalid(`${path}.message`, message, empty);
  else if (/[\n\r]/.test(message.trim())) errors.invalid(`${path}.message`, message, "must not contain line breaks");
  if (reason !== undefined && !REASONS.includes(reason)) errors.notSupported(`${path}.reason`, reason, REASONS);
}

function checkAnnotation(
  { key, valueExpression }: AuditAnnotation,
  name: string,
  variables: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (name === "") errors.invalid(`${path}.key`, key, "requires metadata.name be non-empty");
  else errors.invalidEach(`${path}.key`, `${name}/${key}`, qualifiedNameErrors(`${name}/${key}`));
  const trimmed = valueExpression.trim();
  if (trimmed === "") errors.required(`${path}.valueExpression`, "valueExpression is not specified");
  else if (Buffer.byteLength(trimmed) > MAX_EXPRESSION_BYTES)
    errors.required(`${path}.valueExpression`, `must not exceed ${MAX_EXPRESSION_BYTES} bytes in length`);
  else checkCel(trimmed, variables, `${path}.valueExpression`, errors, evaluatesTo("string", "null_type"));
}

/** What a policy is for and what it refuses; upstream's `validateValidatingAdmissionPolicySpec`. */
export function checkValidatingPolicy(
  name: string,
  spec: ValidatingAdmissionPolicySpec,
  old: ValidatingAdmissionPolicySpec | undefined,
  errors: FieldErrors,
): void {
  checkPolicyMatch(spec, errors);
  checkPolicyConditions(spec, old, errors);
  const hasParams = spec.paramKind !== undefined;
  const [variables, validations, annotations] = [
    spec.variables ?? [],
    spec.validations ?? [],
    spec.auditAnnotations ?? [],
  ];
  checkVariables(variables, hasParams, errors);
  if (validations.length === 0 && annotations.length === 0) {
    errors.required("spec.validations", NOTHING_TO_DO);
    errors.required("spec.auditAnnotations", NOTHING_TO_DO);
    return;
  }
  const known = variables.length === 0 ? celVariables(hasParams) : celVariables(hasParams, "variables");
  for (const [index, validation] of validations.entries())
    checkValidation(validation, known, `spec.validations[${index}]`, errors);
  if (annotations.length > MAX_ANNOTATIONS)
    errors.invalid("spec.auditAnnotations", annotations, `must not have more than ${MAX_ANNOTATIONS} auditAnnotations`);
  const keys = new Set<string>();
  for (const [index, annotation] of annotations.entries()) {
    const path = `spec.auditAnnotations[${index}]`;
    checkAnnotation(annotation, name, known, path, errors);
    if (keys.has(annotation.key)) errors.duplicate(`${path}.key`, annotation.key);
    keys.add(annotation.key);
  }
}

/** What is told of the types of a policy; upstream's `validateValidatingAdmissionPolicyStatus`. */
export function checkValidatingPolicyStatus(status: ValidatingAdmissionPolicyStatus, errors: FieldErrors): void {
  const path = "status.typeChecking.expressionWarnings";
  for (const [index, { warning, fieldRef }] of (status.typeChecking?.expressionWarnings ?? []).entries()) {
    if (warning === "") errors.required(`${path}[${index}].warning`);
    if (fieldRef.trim() === "") errors.required(`${path}[${index}].fieldRef`);
  }
  checkConditions(status.conditions, "status.conditions", errors);
}

/** What a binding does about a refusal: each once, and not the same twice in other words. */
export function checkValidationActions(actions: readonly string[], errors: FieldErrors): void {
  const path = "spec.validationActions";
  for (const [index, action] of actions.entries()) {
    if (!ACTIONS.includes(action)) errors.notSupported(`${path}[${index}]`, action, ACTIONS);
    if (actions.indexOf(action) < index) errors.duplicate(`${path}[${index}]`, action);
  }
  if (actions.includes("Deny") && actions.includes("Warn"))
    errors.invalid(
      path,
      actions,
      "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)",
    );
}
