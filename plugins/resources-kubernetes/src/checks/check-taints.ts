import { type FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import { innerObject } from "../facts/inner-object.js";
import type { Taint } from "../types/core-v1.js";
import { checkNeededEnum } from "./check-enum.js";
import { checkLabelKey } from "./check-labels.js";

/** What a taint does to pods that do not tolerate it. */
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** The taints of a node, of each effect one by a key; upstream's `validateNodeTaints`. */
export function checkTaints(taints: readonly Taint[], path: string, errors: FieldErrors): void {
  const found = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const at = `${path}[${index}]`;
    const { key, value = "", effect } = taint;
    checkLabelKey(key, `${at}.key`, errors);
    const problems = labelValueErrors(value);
    if (problems.length > 0) errors.invalid(`${at}.value`, value, problems.join(";"));
    checkNeededEnum(effect, EFFECTS, `${at}.effect`, errors);
    const identity = JSON.stringify([effect, key]);
    if (found.has(identity))
      errors.duplicate(at, innerObject("Taint", taint), "taints must be unique by key and effect pair");
    found.add(identity);
  }
}
