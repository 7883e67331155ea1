import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import type * as core from "../../types/core-v1.js";

const POLICIES = ["Always", "Never", "OnFailure"];
const ACTIONS = ["Restart", "RestartAllContainers"];
const OPERATORS = ["In", "NotIn"];
const MAX_RULES = 20;
const MAX_VALUES = 255;

function checkRule(rule: core.ContainerRestartRule, path: string, errors: FieldErrors): void {
  checkEnum(rule.action ?? "", ACTIONS, `${path}.action`, errors);
  const { exitCodes } = rule;
  if (exitCodes === undefined) {
    errors.required(`${path}.exitCodes`, "must be specified");
    return;
  }
  checkEnum(exitCodes.operator ?? "", OPERATORS, `${path}.exitCodes.operator`, errors);
  const values = exitCodes.values ?? [];
  if (values.length > MAX_VALUES) errors.tooMany(`${path}.exitCodes.values`, values.length, MAX_VALUES);
}

/** The restart policy of one container that runs on; upstream's `validateContainerRestartPolicy`. */
export function checkRestartRules(
  { restartPolicy, restartPolicyRules: rules = [] }: core.Container,
  path: string,
  errors: FieldErrors,
): void {
  if (restartPolicy !== undefined) checkEnum(restartPolicy, POLICIES, `${path}.restartPolicy`, errors);
  else if (rules.length > 0)
    errors.required(`${path}.restartPolicy`, "must specify restartPolicy when restart rules are used");
  if (rules.length > MAX_RULES) errors.tooMany(`${path}.restartPolicyRules`, rules.length, MAX_RULES);
  for (const [index, rule] of rules.entries()) checkRule(rule, `${path}.restartPolicyRules[${index}]`, errors);
}

/** The restart policy of a container that runs before the others; upstream's `validateInitContainerRestartPolicy`. */
export function checkInitRestartRules(container: core.Container, path: string, errors: FieldErrors): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy !== undefined) checkRestartRules(container, path, errors);
  else if (rules.length > 0)
    errors.required(`${path}.restartPolicy`, "must specify restartPolicy when restart rules are used");
}
