import { dns1123LabelErrors, type FieldErrors, type LengthUnit } from "@quarterdeck/meta";
import { checkLabels } from "../../checks/check-labels.js";
import { checkResources } from "../../checks/check-resources.js";
import { checkTolerations } from "../../core/pod/check-tolerations.js";
import type * as node from "../../types/node-v1.js";

/** Tolerations that differ in how long they hold alone are the same one twice. */
function checkUnique(
  tolerations: NonNullable<node.Scheduling["tolerations"]>,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  for (const [index, one] of tolerations.entries()) {
    const { key = "", operator = "", value = "", effect = "", tolerationSeconds = null } = one;
    const identity = JSON.stringify([key, operator, value, effect]);
    // the names that the fields have inside upstream, since it prints them so
    const inside = { Key: key, Operator: operator, Value: value, Effect: effect, TolerationSeconds: tolerationSeconds };
    if (seen.has(identity)) errors.duplicate(`${path}[${index}]`, inside);
    seen.add(identity);
  }
}

/** What a pod of the class needs beside its containers; checked as the limits of one. */
export function checkOverhead(overhead: node.Overhead | undefined, errors: FieldErrors): void {
  if (overhead !== undefined) checkResources({ limits: overhead.podFixed ?? {} }, "overhead", errors);
}

/** Which nodes can run pods of the class. */
export function checkScheduling(scheduling: node.Scheduling | undefined, errors: FieldErrors): void {
  const { nodeSelector, tolerations = [] } = scheduling ?? {};
  checkLabels(nodeSelector, "scheduling.nodeSelector", errors);
  checkTolerations(tolerations, "scheduling.tolerations", errors);
  checkUnique(tolerations, "scheduling.tolerations", errors);
}

/** What the runtimes of nodes call the class: a label of DNS. */
export function checkHandler(handler: string, errors: FieldErrors, unit?: LengthUnit): void {
  if (handler === "") errors.required("handler");
  else errors.invalidEach("handler", handler, dns1123LabelErrors(handler, unit));
}
