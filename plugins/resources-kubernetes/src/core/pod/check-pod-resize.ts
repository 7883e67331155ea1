import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import type * as core from "../../types/core-v1.js";
import { checkPod } from "./check-pod.js";
import { isSidecar } from "./containers-of.js";
import { podAllowances } from "./pod-allowances.js";
import { MIRROR_ANNOTATION } from "./pod-annotations.js";
import type { PodParts } from "./prepare-pod.js";
import { qosClass } from "./qos-class.js";

const RESIZABLE = ["cpu", "memory"] as const;
const ONLY = "only cpu and memory resources are mutable";

function withOldAmounts(list: core.ResourceList = {}, old: core.ResourceList = {}): core.ResourceList {
  const kept = { ...list };
  for (const name of RESIZABLE) {
    const before = old[name];
    if (before === undefined) delete kept[name];
    else kept[name] = before;
  }
  return kept;
}

/** Resources with the amounts that may change as they were, and with lists where there are none, so that they can be compared. */
function unresized(resources: core.ResourceRequirements, old: core.ResourceRequirements): object {
  const { requests, limits, claims = [] } = resources;
  return {
    requests: withOldAmounts(requests, old.requests),
    limits: withOldAmounts(limits, old.limits),
    claims,
  };
}

function isResizeAlone(container: core.Container, old: core.Container): boolean {
  const before = { ...old, resources: unresized(old.resources, old.resources) };
  return sameJson({ ...container, resources: unresized(container.resources, old.resources) }, before);
}

function isRemoved(list: core.ResourceList = {}, old: core.ResourceList = {}): boolean {
  return Object.keys(old).some((name) => !Object.hasOwn(list, name));
}

function checkRemoved(
  resources: core.ResourceRequirements,
  old: core.ResourceRequirements,
  path: string,
  what: string,
  errors: FieldErrors,
): void {
  for (const list of ["requests", "limits"] as const)
    if (isRemoved(resources[list], old[list])) errors.forbidden(`${path}.${list}`, `${what} ${list} cannot be removed`);
}

/** Upstream's `validatePodLevelResourcesResize`. */
function checkPodLevel(spec: core.PodSpec, old: core.PodSpec, errors: FieldErrors): void {
  if (old.resources !== undefined && spec.resources === undefined) {
    errors.forbidden("spec.resources", "pod-level resources cannot be removed");
    return;
  }
  const { resources = {} } = spec;
  const { resources: before = {} } = old;
  checkRemoved(resources, before, "spec.resources", "pod-level resource", errors);
  if (!sameJson(unresized(resources, before), unresized(before, before)))
    errors.forbidden("spec", "only cpu and memory resources are mutable at pod-level");
}

/** Returns true when these are the containers that were there; upstream's `validatePodResizeContainerOrdering`. */
function checkOrder(spec: core.PodSpec, old: core.PodSpec, errors: FieldErrors): boolean {
  const found = errors.list.length;
  for (const list of ["containers", "initContainers"] as const) {
    const now = spec[list] ?? [];
    const before = old[list] ?? [];
    if (now.length !== before.length) errors.forbidden(`spec.${list}`, `${list} may not be added or removed on resize`);
    else
      for (const [index, { name }] of before.entries())
        if (now[index]?.name !== name)
          errors.forbidden(`spec.${list}[${index}].name`, "containers may not be renamed or reordered on resize");
  }
  return errors.list.length === found;
}

function checkInitContainer(container: core.Container, old: core.Container, path: string, errors: FieldErrors): void {
  if (!isResizeAlone(container, old))
    errors.forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable");
  if (isSidecar(container) || sameJson(container, old)) return;
  const detail = "non-sidecar init containers with a resize policy of RestartContainer cannot be resized";
  for (const { restartPolicy } of container.resizePolicy ?? [])
    if (restartPolicy === "RestartContainer") errors.forbidden(path, detail);
}

/** Calls with each container and what it was. */
function eachPair(
  list: "containers" | "initContainers",
  spec: core.PodSpec,
  old: core.PodSpec,
  visit: (container: core.Container, old: core.Container, path: string) => void,
): void {
  for (const [index, before] of (old[list] ?? []).entries()) {
    const container = spec[list]?.[index];
    if (container !== undefined) visit(container, before, `spec.${list}[${index}]`);
  }
}

function checkContainers(spec: core.PodSpec, old: core.PodSpec, errors: FieldErrors): void {
  for (const list of ["initContainers", "containers"] as const)
    eachPair(list, spec, old, ({ resources }, before, path) =>
      checkRemoved(resources, before.resources, `${path}.resources`, "resource", errors),
    );
  eachPair("containers", spec, old, (container, before) => {
    if (!isResizeAlone(container, before)) errors.forbidden("spec", ONLY);
  });
  eachPair("initContainers", spec, old, (container, before, path) =>
    checkInitContainer(container, before, path, errors),
  );
}

/** The node says of a container that runs what it has, unless it is too old to resize it. */
function canBeResized({ containerStatuses = [] }: core.PodStatus): boolean {
  const running = containerStatuses.find(({ state }) => state.running !== undefined);
  return running === undefined || running.resources !== undefined;
}

function isSaid(resources: core.ResourceRequirements = {}): boolean {
  return Object.keys({ ...resources.requests, ...resources.limits }).length > 0;
}

function others(spec: core.PodSpec): object {
  const { containers: _, initContainers: __, resources: ___, ...rest } = spec;
  return rest;
}

/** What is wrong with a change of the resources of a pod that runs; upstream's `ValidatePodResize`. */
export function checkPodResize(pod: PodParts, old: PodParts, errors: FieldErrors): void {
  const { spec } = pod;
  // what cannot be resized at all is told of alone, at a field without a name
  if (Object.hasOwn(old.metadata.annotations ?? {}, MIRROR_ANNOTATION)) {
    errors.forbidden("", "static pods cannot be resized");
    return;
  }
  if (old.spec.os?.name === "windows") {
    errors.forbidden("", "windows pods cannot be resized");
    return;
  }
  const found = errors.list.length;
  checkPod(pod, errors, podAllowances(old, true));
  if ((old.status.qosClass || qosClass(old.spec)) !== qosClass(spec))
    errors.invalid("spec", pod.status.qosClass ?? "", "Pod QOS Class may not change as a result of resizing");
  if (!canBeResized(old.status)) errors.forbidden("spec", "Pod running on node without support for resize");
  if (isSaid(old.spec.resources) || isSaid(spec.resources)) checkPodLevel(spec, old.spec, errors);
  if (!checkOrder(spec, old.spec, errors)) return;
  checkContainers(spec, old.spec, errors);
  if (!sameJson(spec.volumes ?? [], old.spec.volumes ?? [])) {
    const gate = "InPlacePodVerticalScalingMemoryBackedVolumes feature gate is disabled";
    errors.forbidden("spec.volumes", `volumes are immutable on resize when ${gate}`);
  }
  if (errors.list.length === found && !sameJson(others(spec), others(old.spec))) errors.forbidden("spec", ONLY);
}
