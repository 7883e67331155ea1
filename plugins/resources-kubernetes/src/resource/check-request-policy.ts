import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import type { CapacityRequestPolicy, CapacityRequestPolicyRange } from "../types/resource-v1.js";
import { checkSet } from "./check-list.js";

const MAX_VALUES = 10;
const MAX_INT64 = Quantity.of(9_223_372_036_854_775_807n);
const ZERO = Quantity.of(0);

/** A quantity of a policy, with the text that it is told of by. */
interface Amount {
  readonly text: string;
  readonly value: Quantity;
}

function amount(text: string): Amount {
  return { text, value: Quantity.parse(text) };
}

function optional(text: string | undefined): Amount | undefined {
  return text === undefined ? undefined : amount(text);
}

function checkValues(standard: Amount, most: Amount, options: readonly Amount[], path: string, errors: FieldErrors) {
  for (const [index, { text, value }] of options.entries()) {
    const before = options[index - 1];
    if (before !== undefined && before.value.compare(value) > 0)
      errors.invalid(`${path}[${index}]`, text, "values must be sorted in ascending order");
  }
  checkSet(
    options,
    MAX_VALUES,
    path,
    errors,
    ({ text, value }, at) => {
      if (value.compare(most.value) > 0) errors.invalid(at, text, `option is larger than capacity value: ${most.text}`);
    },
    ({ value }) => value.roundUp().toString(),
  );
  if (options.length > MAX_VALUES || !options.some(({ value }) => value.compare(standard.value) === 0))
    errors.invalid(path, standard.text, "default value is not valid according to the requestPolicy");
}

/** The steps are counted in whole units. */
function units({ value }: Amount): bigint {
  return value.roundUp().units;
}

function checkStep(standard: Amount, most: Amount, range: Range, step: Amount, path: string, errors: FieldErrors) {
  const { min, max } = range;
  if (step.value.compare(ZERO) <= 0) {
    errors.invalid(`${path}.step`, step.text, "must be greater than zero");
    return;
  }
  const added = min.value.add(step.value);
  if (added.compare(most.value) > 0)
    errors.invalid(`${path}.step`, step.text, `one step ${added} is larger than capacity value: ${most.text}`);
  let countable = true;
  for (const [name, one] of Object.entries({ default: standard, min, max, step })) {
    if (one === undefined) continue;
    if (one.value.compare(ZERO) < 0) errors.invalid(`${path}.${name}`, one.text, "must be greater than or equal to 0");
    else if (one.value.compare(MAX_INT64) > 0)
      errors.invalid(`${path}.${name}`, one.text, "must not be larger than 9223372036854775807");
    else continue;
    countable = false;
  }
  if (!countable) return;
  for (const one of max === undefined ? [standard] : [standard, max])
    if ((units(one) - units(min)) % units(step) !== 0n)
      errors.invalid(
        `${path}.step`,
        one.text,
        `value is not a multiple of a given step (${step.text}) from (${min.text})`,
      );
}

interface Range {
  readonly min: Amount;
  readonly max: Amount | undefined;
}

function checkRange(
  standard: Amount,
  most: Amount,
  range: CapacityRequestPolicyRange,
  path: string,
  errors: FieldErrors,
) {
  if (range.min === undefined || range.min === null) {
    errors.required(`${path}.min`, "required when validRange is defined");
    return;
  }
  const [min, max, step] = [amount(range.min), optional(range.max), optional(range.step)];
  const refuse = (name: string, { text }: Amount, why: string) => errors.invalid(`${path}.${name}`, text, why);
  if (min.value.compare(most.value) > 0) refuse("min", min, `min is larger than capacity value: ${most.text}`);
  if (standard.value.compare(min.value) < 0) refuse("default", standard, `default is less than min: ${min.text}`);
  if (max !== undefined) {
    if (min.value.compare(max.value) > 0) refuse("max", min, `min is larger than max: ${max.text}`);
    if (max.value.compare(most.value) > 0) refuse("max", max, `max is larger than capacity value: ${most.text}`);
    if (standard.value.compare(max.value) > 0) refuse("default", standard, `default is more than max: ${max.text}`);
  }
  if (step !== undefined) checkStep(standard, most, { min, max }, step, path, errors);
}

/** How much of a capacity may be asked for at once: chosen amounts or a range of them; upstream's `validateRequestPolicy`. */
export function checkRequestPolicy(
  { validValues = [], validRange, default: standard }: CapacityRequestPolicy,
  capacity: string,
  path: string,
  errors: FieldErrors,
): void {
  if (validValues.length > 0 && validRange !== undefined) {
    errors.forbidden(
      path,
      'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time',
    );
    return;
  }
  if (validValues.length === 0 && validRange === undefined) return;
  if (standard === undefined || standard === null) {
    const what = validRange === undefined ? "validValues" : "validRange";
    errors.required(`${path}.default`, `required when ${what} is defined`);
  } else if (validRange === undefined)
    checkValues(amount(standard), amount(capacity), validValues.map(amount), `${path}.validValues`, errors);
  else checkRange(amount(standard), amount(capacity), validRange, `${path}.validRange`, errors);
}
