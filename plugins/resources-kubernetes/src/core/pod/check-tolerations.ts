import { type FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkLabelKey } from "../../checks/check-labels.js";
import type * as core from "../../types/core-v1.js";
import type { PodAllowances } from "./pod-allowances.js";

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const OPERATORS = ["Equal", "Exists"];
const COMPARING = [...OPERATORS, "Lt", "Gt"];
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const INT64 = 2n ** 63n;

function checkNumber(value: string, path: string, errors: FieldErrors): void {
  const shaped = INTEGER.test(value);
  if (!shaped)
    errors.invalid(
      path,
      value,
      value === "" ? "must be non-empty" : "must be a valid decimal integer in canonical form",
    );
  const quoted = JSON.stringify(value);
  if (!/^[+-]?[0-9]+$/.test(value)) errors.invalid(path, value, `strconv.ParseInt: parsing ${quoted}: invalid syntax`);
  else if (value.length > 20 || BigInt(value.replace("+", "")) >= INT64 || BigInt(value.replace("+", "")) < -INT64)
    errors.invalid(path, value, `strconv.ParseInt: parsing ${quoted}: value out of range`);
}

function checkOperator(one: core.Toleration, path: string, errors: FieldErrors, allow: PodAllowances): void {
  const { operator = "", value = "" } = one;
  if (operator === "Equal" || operator === "") {
    const problems = labelValueErrors(value);
    if (problems.length > 0) errors.invalid(`${path}.operator`, value, problems.join(";"));
  } else if (operator === "Exists") {
    if (value !== "") errors.invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'");
  } else if (operator === "Lt" || operator === "Gt") {
    if (allow.comparingTolerations === true) checkNumber(value, `${path}.value`, errors);
    else errors.notSupported(`${path}.operator`, operator, COMPARING);
  } else errors.notSupported(`${path}.operator`, operator, OPERATORS);
}

/** Which taints a pod bears; upstream's `ValidateTolerations`. */
export function checkTolerations(
  tolerations: readonly core.Toleration[],
  path: string,
  errors: FieldErrors,
  allow: PodAllowances = {},
): void {
  for (const [index, one] of tolerations.entries()) {
    const at = `${path}[${index}]`;
    const { key = "", operator = "", effect = "", tolerationSeconds } = one;
    if (key !== "") checkLabelKey(key, `${at}.key`, errors);
    else if (operator !== "Exists") {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.invalid(`${at}.operator`, operator, detail);
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
    checkOperator(one, at, errors, allow);
    if (effect !== "") checkEnum(effect, EFFECTS, `${at}.effect`, errors);
  }
}

/** All of a toleration but for how long it holds. */
function identity({ key = "", operator = "", value = "", effect = "" }: core.Toleration): string {
  return JSON.stringify([key, operator, value, effect]);
}

/** Tolerations that were there may change for how long they hold alone; upstream's `validateOnlyAddedTolerations`. */
export function checkAddedTolerations(
  tolerations: readonly core.Toleration[],
  old: readonly core.Toleration[],
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  const now = new Set(tolerations.map(identity));
  const kept = old.every((one) => now.has(identity(one)));
  if (kept) checkTolerations(tolerations, path, errors, allow);
  else errors.forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
}
