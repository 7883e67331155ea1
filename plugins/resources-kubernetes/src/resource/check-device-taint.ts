import { type FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../checks/check-enum.js";
import { checkLabelKey } from "../checks/check-labels.js";
import type { DeviceTaint, DeviceToleration } from "../types/resource-v1.js";

const EFFECTS = ["NoExecute", "NoSchedule", "None"];
const OPERATORS = ["Equal", "Exists"];

/** What keeps pods from a device; upstream's `validateDeviceTaint`, but for what it declares. */
export function checkDeviceTaint({ key, value = "" }: DeviceTaint, path: string, errors: FieldErrors): void {
  checkLabelKey(key, `${path}.key`, errors);
  if (value !== "") errors.invalidEach(`${path}.value`, value, labelValueErrors(value));
}

/** What upstream declares of a taint. */
export function checkDeclaredTaint({ effect }: DeviceTaint, path: string, errors: FieldErrors): void {
  checkNeededEnum(effect, EFFECTS, `${path}.effect`, errors);
}

/** Which taints a request bears; upstream's `validateDeviceToleration`, but for what it declares. */
export function checkDeviceToleration(
  { operator = "", value = "" }: DeviceToleration,
  path: string,
  errors: FieldErrors,
): void {
  if (operator === "Exists") {
    if (value !== "") errors.invalid(`${path}.value`, value, "must be empty for operator `Exists`");
  } else if (operator === "Equal") errors.invalidEach(`${path}.value`, value, labelValueErrors(value));
}

/** What upstream declares of a toleration. */
export function checkDeclaredToleration(
  { key = "", operator = "", effect = "" }: DeviceToleration,
  path: string,
  errors: FieldErrors,
): void {
  if (key !== "") checkLabelKey(key, `${path}.key`, errors);
  checkNeededEnum(operator, OPERATORS, `${path}.operator`, errors);
  if (effect !== "") checkNeededEnum(effect, EFFECTS, `${path}.effect`, errors);
}
