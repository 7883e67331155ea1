import type { FieldErrors } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import type * as batch from "../../types/batch-v1.js";
import type * as core from "../../types/core-v1.js";
import { hasCondition } from "./job-conditions.js";
import type { JobParts } from "./job-parts.js";

/** True for a job that is suspended and has no pods: which pods it makes may be changed. Upstream's `shouldAllowMutablePodTemplate`. */
function isAtRest({ spec, status }: JobParts): boolean {
  const hasStopped = status.startTime === undefined || hasCondition(status, "Suspended");
  return spec.suspend === true && hasStopped && (status.active ?? 0) === 0;
}

/** Takes over a value, or that there is none. */
function take<T extends object, K extends keyof T>(target: T, source: T, key: K): void {
  if (source[key] === undefined) delete target[key];
  else target[key] = source[key];
}

/** The node affinity may change, and with it whether there is any affinity. */
function takeNodeAffinity(target: core.PodSpec, source: core.PodSpec): void {
  const { nodeAffinity } = source.affinity ?? {};
  if (source.affinity === undefined && target.affinity === undefined) return;
  const { nodeAffinity: _old, ...others } = target.affinity ?? {};
  const affinity = { ...others, ...(nodeAffinity === undefined ? {} : { nodeAffinity }) };
  if (source.affinity === undefined && Object.keys(affinity).length === 0) delete target.affinity;
  else target.affinity = affinity;
}

/** The old spec of pods with all that says where they run as the new one has it. */
function withPlacement(old: core.PodSpec, spec: core.PodSpec): core.PodSpec {
  const next = structuredClone(old);
  takeNodeAffinity(next, spec);
  for (const key of ["nodeSelector", "tolerations", "schedulingGates"] as const) take(next, spec, key);
  return next;
}

/** Containers that are called alike have the resources of the new ones. */
function takeResources(containers: readonly core.Container[], source: readonly core.Container[]): void {
  if (containers.length !== source.length) return;
  for (const [index, container] of containers.entries()) {
    const other = source[index];
    if (other?.name === container.name) container.resources = other.resources;
  }
}

/** The template of a job stays, but for where its pods run and what they may use while it is at rest; upstream's `validatePodTemplateUpdate`. */
export function checkTemplateUpdate({ template }: batch.JobSpec, old: JobParts, errors: FieldErrors): void {
  if (!isAtRest(old)) {
    checkImmutable(template, old.spec.template, "spec.template", errors);
    return;
  }
  // of the metadata upstream asks nothing then
  const spec = withPlacement(old.spec.template.spec, template.spec);
  takeResources(spec.containers ?? [], template.spec.containers ?? []);
  takeResources(spec.initContainers ?? [], template.spec.initContainers ?? []);
  checkImmutable(template.spec, spec, "spec.template.spec", errors);
}
