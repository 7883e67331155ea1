import { type FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../checks/check-enum.js";
import { checkLabelKey } from "../checks/check-labels.js";
import type { DeviceTaint, DeviceToleration } from "../types/resource-v1.js";

const EFFECTS = ["NoExecute", "NoSchedule", "None"];
const OPERATORS = ["Equal", "Exists"];

/** What keeps pods from a device; upstream's `validateDeviceTaint`. An effect that is stored may stay. */
export function checkDeviceTaint(
  { key, value = "", effect }: DeviceTaint,
  old: DeviceTaint | undefined,
  path: string,
  errors: FieldErrors,
): void {
  checkLabelKey(key, `${path}.key`, errors);
  if (value !== "") errors.invalidEach(`${path}.value`, value, labelValueErrors(value));
  if (old === undefined || old.effect !== effect) checkNeededEnum(effect, EFFECTS, `${path}.effect`, errors);
}

/** Which taints a request bears; upstream's `validateDeviceToleration`. */
export function checkDeviceToleration(
  { key = "", operator = "", value = "", effect = "" }: DeviceToleration,
  path: string,
  errors: FieldErrors,
): void {
  if (key !== "") checkLabelKey(key, `${path}.key`, errors);
  if (operator === "Exists") {
    if (value !== "") errors.invalid(`${path}.value`, value, "must be empty for operator `Exists`");
  } else if (operator === "Equal") errors.invalidEach(`${path}.value`, value, labelValueErrors(value));
  else checkNeededEnum(operator, OPERATORS, `${path}.operator`, errors);
  if (effect !== "") checkNeededEnum(effect, EFFECTS, `${path}.effect`, errors);
}
