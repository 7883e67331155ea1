import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "../../checks/check-number.js";
import type * as batch from "../../types/batch-v1.js";
import { countIndexes } from "./indexes.js";

const MAX_RULES = 20;
const MAX_INDEXES_BYTES = 64 * 1024;

function checkRule(
  { succeededCount: count, succeededIndexes: indexes }: batch.SuccessPolicyRule,
  completions: number,
  path: string,
  errors: FieldErrors,
): void {
  if (count === undefined && indexes === undefined)
    errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
  const { count: total, problem } = countIndexes(indexes ?? "", completions);
  if (indexes !== undefined) {
    if (Buffer.byteLength(indexes) > MAX_INDEXES_BYTES) errors.tooLong(`${path}.succeededIndexes`, MAX_INDEXES_BYTES);
    if (problem !== undefined)
      errors.invalid(`${path}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${problem}`);
  }
  if (count === undefined) return;
  const most = (limit: number, what: string): string =>
    `must be less than or equal to ${limit} (the number of ${what})`;
  checkNonnegative(count, `${path}.succeededCount`, errors);
  if (count > completions) errors.invalid(`${path}.succeededCount`, count, most(completions, "specified completions"));
  if (indexes !== undefined && count > total) {
    const what = "indexes in the specified succeededIndexes field";
    errors.invalid(`${path}.succeededCount`, count, most(total, what));
  }
}

/** What is wrong with the policy on when a job has succeeded; upstream's `validateSuccessPolicy`. */
export function checkSuccessPolicy(
  { rules }: batch.SuccessPolicy,
  completions: number,
  path: string,
  errors: FieldErrors,
): void {
  const list = rules ?? [];
  if (list.length === 0)
    errors.required(`${path}.rules`, "at least one rules must be specified when the successPolicy is specified");
  if (list.length > MAX_RULES) errors.tooMany(`${path}.rules`, list.length, MAX_RULES);
  for (const [index, rule] of list.entries()) checkRule(rule, completions, `${path}.rules[${index}]`, errors);
}
