import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import type { Condition } from "../types/meta-v1.js";

const STATUSES: readonly string[] = ["False", "True", "Unknown"];
const REASON = /^[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;
const REASON_TEXT =
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or " +
  "'_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or " +
  "'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";
const MAX_REASON_BYTES = 1024;
const MAX_MESSAGE_BYTES = 32 * 1024;

/** One condition in the shape that all newer statuses have; upstream's `ValidateCondition`. */
function checkCondition(one: Condition, path: string, errors: FieldErrors): void {
  if (one.type === "") errors.required(`${path}.type`, "is required");
  else for (const problem of qualifiedNameErrors(one.type)) errors.invalid(`${path}.type`, one.type, problem);
  if (one.status === "") errors.required(`${path}.status`);
  else if (!STATUSES.includes(one.status)) errors.notSupported(`${path}.status`, one.status, STATUSES);
  const generation = one.observedGeneration ?? 0;
  if (generation < 0) errors.invalid(`${path}.observedGeneration`, generation, "must be greater than or equal to zero");
  if (one.lastTransitionTime === null) errors.required(`${path}.lastTransitionTime`);
  if (one.reason === "") errors.required(`${path}.reason`);
  else {
    if (!REASON.test(one.reason)) errors.invalid(`${path}.reason`, one.reason, REASON_TEXT);
    if (Buffer.byteLength(one.reason) > MAX_REASON_BYTES) errors.tooLong(`${path}.reason`, MAX_REASON_BYTES);
  }
  if (Buffer.byteLength(one.message) > MAX_MESSAGE_BYTES) errors.tooLong(`${path}.message`, MAX_MESSAGE_BYTES);
}

/** Conditions of meta/v1, each type once; upstream's `ValidateConditions`. */
export function checkConditions(conditions: readonly Condition[] | undefined, path: string, errors: FieldErrors): void {
  const types = new Set<string>();
  for (const [index, one] of (conditions ?? []).entries()) {
    if (types.has(one.type)) errors.duplicate(`${path}[${index}]`, one.type);
    types.add(one.type);
    checkCondition(one, `${path}[${index}]`, errors);
  }
}
