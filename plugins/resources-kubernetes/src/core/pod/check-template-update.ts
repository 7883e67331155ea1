import type { FieldErrors } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import type * as core from "../../types/core-v1.js";

/** What may change in the template of an object that has not begun to make pods. */
export interface TemplateChanges {
  /** Where pods run: node affinity, node selector, tolerations and gates, and with them labels and annotations. */
  readonly scheduling?: boolean;
  /** What containers that are there ask for; the metadata of the template is not compared then, as upstream has it. */
  readonly resources?: boolean;
}

const DIRECTIVES = ["nodeSelector", "tolerations", "schedulingGates"] as const;

/** `old` with a member of `now`, or without it when that has none. */
function take<T extends object, K extends keyof T>(old: T, now: T, key: K): void {
  if (now[key] === undefined) delete old[key];
  else old[key] = now[key];
}

function takeNodeAffinity(old: core.PodSpec, now: core.PodSpec): void {
  if (now.affinity === undefined && old.affinity === undefined) return;
  const affinity = { ...old.affinity };
  take(affinity, now.affinity ?? {}, "nodeAffinity");
  if (now.affinity === undefined && Object.keys(affinity).length === 0) delete old.affinity;
  else old.affinity = affinity;
}

/** The old template with what may change as it is now. */
function withScheduling(old: core.PodTemplateSpec, now: core.PodTemplateSpec): core.PodTemplateSpec {
  const metadata = { ...old.metadata };
  take(metadata, now.metadata, "annotations");
  take(metadata, now.metadata, "labels");
  const spec = { ...old.spec };
  takeNodeAffinity(spec, now.spec);
  for (const field of DIRECTIVES) take(spec, now.spec, field);
  return { metadata, spec };
}

function withResources(old: readonly core.Container[], now: readonly core.Container[]): core.Container[] {
  if (old.length !== now.length) return [...old];
  return old.map((container, index) => {
    const other = now[index];
    return other?.name === container.name ? { ...container, resources: other.resources } : container;
  });
}

/**
 * The template of pods stays as it was, but for `changes`; upstream's `validatePodTemplateUpdate` of jobs. What is wrong with the
 * new template itself is for `checkPodTemplate`.
 */
export function checkTemplateUpdate(
  template: core.PodTemplateSpec,
  old: core.PodTemplateSpec,
  path: string,
  errors: FieldErrors,
  { scheduling = false, resources = false }: TemplateChanges = {},
): void {
  const before = scheduling ? withScheduling(old, template) : old;
  if (!resources) {
    checkImmutable(template, before, path, errors);
    return;
  }
  const spec = {
    ...before.spec,
    containers: withResources(before.spec.containers ?? [], template.spec.containers ?? []),
  };
  if (spec.initContainers !== undefined)
    spec.initContainers = withResources(spec.initContainers, template.spec.initContainers ?? []);
  checkImmutable(template.spec, spec, `${path}.spec`, errors);
}
