import type * as core from "../../types/core-v1.js";
import { defaultPodSpec } from "./default-pod-spec.js";

/** Fills in the template of a pod, which gets less than a pod does: what a pod adds is added when it is made. */
export function defaultPodTemplate(template: core.PodTemplateSpec): void {
  defaultPodSpec(template.spec);
}
