import type { FieldErrors } from "@quarterdeck/meta";
import { checkLabelKey } from "../checks/check-labels.js";
import { checkItems } from "./check-list.js";
import { MAX_BINDING_CONDITIONS } from "./device-limits.js";

/** A device or a result that waits for conditions before its pod is bound. */
interface Binding {
  readonly bindingConditions?: readonly string[];
  readonly bindingFailureConditions?: readonly string[];
}

function checkRepeated(conditions: readonly string[], path: string, errors: FieldErrors, others: readonly string[]) {
  const seen = new Set<string>();
  for (const [index, condition] of conditions.entries()) {
    if (seen.has(condition)) errors.duplicate(`${path}[${index}]`, condition);
    seen.add(condition);
    if (others.includes(condition))
      errors.invalid(
        `${path}[${index}]`,
        condition,
        "bindingFailureConditions must not overlap with bindingConditions",
      );
  }
}

/** Conditions that say when a pod may be bound and when not, none both and none without the other; upstream's `validateDeviceBindingParameters`. */
export function checkBindingConditions(binding: Binding, path: string, errors: FieldErrors): void {
  const { bindingConditions: ready = [], bindingFailureConditions: failed = [] } = binding;
  const [readyPath, failedPath] = [`${path}.bindingConditions`, `${path}.bindingFailureConditions`];
  checkItems(ready, MAX_BINDING_CONDITIONS, readyPath, (condition, at) => checkLabelKey(condition, at, errors));
  checkItems(failed, MAX_BINDING_CONDITIONS, failedPath, (condition, at) => checkLabelKey(condition, at, errors));
  checkRepeated(ready, readyPath, errors, []);
  checkRepeated(failed, failedPath, errors, ready);
  if (ready.length === 0 && failed.length > 0)
    errors.invalid(
      readyPath,
      binding.bindingConditions ?? null,
      "bindingConditions are required to use bindingFailureConditions",
    );
  if (failed.length === 0 && ready.length > 0)
    errors.invalid(
      failedPath,
      binding.bindingFailureConditions ?? null,
      "bindingFailureConditions are required to use bindingConditions",
    );
}
