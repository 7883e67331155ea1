import { FieldErrors } from "@quarterdeck/meta";
import type { LabelSelector } from "../types/meta-v1.js";
import { checkLabelSelector } from "./check-label-selector.js";

/** True for a selector that can be asked: one that is not there chooses nothing; upstream's `LabelSelectorAsSelector` without an error. */
export function isSelector(selector: LabelSelector | undefined): boolean {
  if (selector === undefined) return true;
  const errors = new FieldErrors();
  checkLabelSelector(selector, "", errors);
  return errors.empty;
}

/** True for a selector that says nothing, and chooses everything. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** The selector of a kind that runs pods: it must be there and say something. `kind` is how upstream calls it in the message. */
export function checkPodSelector(
  selector: LabelSelector | undefined,
  kind: string,
  path: string,
  errors: FieldErrors,
): void {
  if (selector === undefined) {
    errors.required(path);
    return;
  }
  checkLabelSelector(selector, path, errors);
  if (isEmptySelector(selector)) errors.invalid(path, selector, `empty selector is invalid for ${kind}`);
}
