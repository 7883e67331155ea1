import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkEnum, checkNeededEnum } from "../../checks/check-enum.js";
import type * as batch from "../../types/batch-v1.js";

const MAX_RULES = 20;
const MAX_VALUES = 255;
const MAX_PATTERNS = 20;
// in the order in which upstream names them
const ACTIONS = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS = ["In", "NotIn"];
const STATUSES = ["False", "True", "Unknown"];

function valid(values: readonly string[]): string {
  return `valid values: [${values.map((value) => `"${value}"`).join(" ")}]`;
}

/** A message that does not show the value. */
function invalid(path: string, detail: string, errors: FieldErrors): void {
  errors.add("FieldValueInvalid", path, `Invalid value: ${detail}`);
}

function checkValues(
  { operator, values: given }: batch.PodFailurePolicyOnExitCodesRequirement,
  path: string,
  errors: FieldErrors,
): void {
  const values = given ?? [];
  if (values.length === 0) errors.invalid(path, given, "at least one value is required");
  else if (values.length > MAX_VALUES) errors.tooMany(path, values.length, MAX_VALUES);
  const seen = new Set<number>();
  for (const [index, value] of values.entries()) {
    if (operator === "In" && value === 0)
      errors.invalid(`${path}[${index}]`, value, "must not be 0 for the In operator");
    if (seen.has(value)) errors.duplicate(`${path}[${index}]`, value);
    seen.add(value);
  }
  if (values.some((value, index) => value < (values[index - 1] ?? value)))
    errors.invalid(path, values, "must be ordered");
}

function checkExitCodes(
  codes: batch.PodFailurePolicyOnExitCodesRequirement,
  path: string,
  errors: FieldErrors,
  containers: ReadonlySet<string>,
): void {
  const { operator, containerName: name } = codes;
  checkNeededEnum(operator, OPERATORS, `${path}.operator`, errors, valid(OPERATORS));
  if (name !== undefined && !containers.has(name)) {
    const detail = "must be one of the container or initContainer names in the pod template";
    errors.invalid(`${path}.containerName`, name, detail);
  }
  checkValues(codes, `${path}.values`, errors);
}

function checkConditions(
  patterns: readonly batch.PodFailurePolicyOnPodConditionsPattern[],
  path: string,
  errors: FieldErrors,
): void {
  if (patterns.length > MAX_PATTERNS) errors.tooMany(path, patterns.length, MAX_PATTERNS);
  for (const [index, { type, status }] of patterns.entries()) {
    for (const problem of qualifiedNameErrors(type)) errors.invalid(`${path}[${index}].type`, type, problem);
    checkNeededEnum(status, STATUSES, `${path}[${index}].status`, errors, valid(STATUSES));
  }
}

function checkAction(action: string, path: string, errors: FieldErrors, hasLimitPerIndex: boolean): void {
  if (action === "") errors.required(path, valid(ACTIONS));
  else if (action !== "FailIndex") checkEnum(action, ACTIONS, path, errors);
  else if (!hasLimitPerIndex) errors.invalid(path, action, "requires the backoffLimitPerIndex to be set");
}

/** What is wrong with the policy on pods that fail; upstream's `validatePodFailurePolicy`. */
export function checkFailurePolicy(
  spec: batch.JobSpec,
  { rules }: batch.PodFailurePolicy,
  path: string,
  errors: FieldErrors,
): void {
  if ((rules ?? []).length > MAX_RULES) errors.tooMany(`${path}.rules`, rules?.length ?? 0, MAX_RULES);
  const { containers, initContainers } = spec.template.spec;
  const names = new Set([...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name));
  for (const [index, { action, onExitCodes, onPodConditions = [] }] of (rules ?? []).entries()) {
    const at = `${path}.rules[${index}]`;
    checkAction(action, `${at}.action`, errors, spec.backoffLimitPerIndex !== undefined);
    if (onExitCodes !== undefined) checkExitCodes(onExitCodes, `${at}.onExitCodes`, errors, names);
    checkConditions(onPodConditions, `${at}.onPodConditions`, errors);
    if (onExitCodes !== undefined && onPodConditions.length > 0)
      invalid(at, "specifying both OnExitCodes and OnPodConditions is not supported", errors);
    if (onExitCodes === undefined && onPodConditions.length === 0)
      invalid(at, "specifying one of OnExitCodes and OnPodConditions is required", errors);
  }
}
