import type { FieldErrors } from "@quarterdeck/meta";
import { celProblem, refersTo, type WantedResult } from "../../checks/check-cel.js";
import type { JSONSchemaProps, ValidationRule } from "../../types/apiextensions-v1.js";
import { FieldPathError, fieldAt } from "./field-at.js";
import { unstructured } from "./unstructured.js";

const REASONS: readonly string[] = [
  "FieldValueDuplicate",
  "FieldValueForbidden",
  "FieldValueInvalid",
  "FieldValueRequired",
];

const BOOL: WantedResult = { types: ["bool"], problem: () => "cel expression must evaluate to a bool" };
const TEXT: WantedResult = { types: ["string"], problem: () => "must evaluate to a string" };

function isFieldPath(path: string, schema: JSONSchemaProps): boolean {
  if (unstructured(schema) !== undefined) return true;
  try {
    return fieldAt(path, schema) !== undefined;
  } catch (error) {
    if (error instanceof FieldPathError) return false;
    throw error;
  }
}

/** The texts of a rule of a schema, but for what they say in CEL. */
export function checkRule(rule: ValidationRule, schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const { message = "", messageExpression = "", reason, fieldPath = "" } = rule;
  const empty = "must be non-empty if specified";
  if (rule.rule.trim() === "") errors.required(`${path}.rule`, "rule is not specified");
  else if (message !== "" && message.trim() === "") errors.invalid(`${path}.message`, message, empty);
  else if (/[\n\r]/.test(message.trim())) errors.invalid(`${path}.message`, message, "must not contain line breaks");
  else if (/[\n\r]/.test(rule.rule.trim()) && message === "")
    errors.required(`${path}.message`, "message must be specified if rule contains line breaks");
  if (messageExpression !== "" && messageExpression.trim() === "")
    errors.required(`${path}.messageExpression`, "messageExpression must be non-empty if specified");
  if (reason !== undefined && !REASONS.includes(reason)) errors.notSupported(`${path}.reason`, reason, REASONS);
  if (fieldPath === "") return;
  if (fieldPath.trim() === "") errors.invalid(`${path}.fieldPath`, fieldPath, empty);
  if (/[\n\r]/.test(fieldPath)) errors.invalid(`${path}.fieldPath`, fieldPath, "must not contain line breaks");
  if (!isFieldPath(fieldPath, schema)) errors.invalid(`${path}.fieldPath`, fieldPath, "must be a valid path");
}

/** A rule as upstream prints it. */
function printed(rule: ValidationRule): object {
  const { message: Message = "", messageExpression: MessageExpression = "", fieldPath: FieldPath = "" } = rule;
  const { reason: Reason = null, optionalOldSelf: OptionalOldSelf = null } = rule;
  return { Rule: rule.rule, Message, MessageExpression, Reason, FieldPath, OptionalOldSelf };
}

/** What a rule says in CEL; `uncorrelated` is the place above whose parts have no value before. Types within and costs are not looked at. */
export function checkRuleExpressions(
  rule: ValidationRule,
  uncorrelated: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const { messageExpression = "", optionalOldSelf } = rule;
  const variables = ["self", "oldSelf"];
  const problem = celProblem(rule.rule, variables, BOOL);
  const messageProblem =
    problem !== undefined || messageExpression === "" ? undefined : celProblem(messageExpression, variables, TEXT);
  if (problem !== undefined) errors.invalid(`${path}.rule`, printed(rule), problem);
  if (messageProblem !== undefined)
    errors.invalid(`${path}.messageExpression`, printed(rule), `messageExpression ${messageProblem}`);
  if (problem === undefined && refersTo("oldSelf", rule.rule, variables)) {
    if (uncorrelated !== undefined)
      errors.invalid(
        `${path}.rule`,
        rule.rule,
        `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
      );
  } else if (optionalOldSelf !== undefined)
    errors.invalid(`${path}.optionalOldSelf`, optionalOldSelf, "may not be set if oldSelf is not used in rule");
}
