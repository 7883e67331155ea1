import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

function checkContainers(containers: readonly core.Container[], path: string, errors: FieldErrors): void {
  if (containers.length === 0) errors.required(path);
  const names = new Set<string>();
  for (const [index, { name, image }] of containers.entries()) {
    const at = `${path}[${index}]`;
    if (name === "") errors.required(`${at}.name`);
    else for (const problem of dns1123LabelErrors(name)) errors.invalid(`${at}.name`, name, problem);
    if (!image) errors.required(`${at}.image`);
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
  }
}

/** What is wrong with the spec of a pod or of a template; upstream's `ValidatePodSpec`. */
export function checkPodSpec(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  checkContainers(spec.containers ?? [], `${path}.containers`, errors);
}
