import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import { innerDiff } from "../../checks/unified-diff.js";
import type * as core from "../../types/core-v1.js";
import { withoutNarrowing } from "./check-gated-pod.js";
import { checkPod } from "./check-pod.js";
import { checkFixedAnnotations } from "./check-pod-annotations.js";
import { checkAddedTolerations } from "./check-tolerations.js";
import { podAllowances } from "./pod-allowances.js";
import type { PodParts } from "./prepare-pod.js";

const MAX_INT32 = 2_147_483_647;
const UPDATABLE = [
  "`spec.containers[*].image`",
  "`spec.initContainers[*].image`",
  "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");

/** Returns false when there are more or fewer containers than before: the rest cannot be compared then. */
function checkSameContainers(
  list: "containers" | "initContainers",
  spec: core.PodSpec,
  old: core.PodSpec,
  errors: FieldErrors,
): boolean {
  const same = (spec[list] ?? []).length === (old[list] ?? []).length;
  if (!same) errors.forbidden(`spec.${list}`, "pod updates may not add or remove containers");
  return same;
}

/** Returns false when the rest is not looked at. */
function checkDeadline(seconds: number | undefined, old: number | undefined, errors: FieldErrors): boolean {
  const path = "spec.activeDeadlineSeconds";
  if (seconds === undefined) {
    if (old !== undefined) errors.invalid(path, null, "must not update from a positive integer to nil value");
    return true;
  }
  if (seconds < 0 || seconds > MAX_INT32)
    errors.invalid(path, seconds, `must be between 0 and ${MAX_INT32}, inclusive`);
  else if (old !== undefined && old < seconds)
    errors.invalid(path, seconds, "must be less than or equal to previous value");
  else return true;
  return false;
}

/** Gates are only ever taken away; upstream's `validateOnlyDeletedSchedulingGates`. */
function checkGates(
  gates: readonly core.PodSchedulingGate[],
  old: readonly core.PodSchedulingGate[],
  errors: FieldErrors,
): void {
  const before = new Set(old.map(({ name }) => name));
  const added = new Map<string, number>();
  for (const [index, { name }] of gates.entries()) if (!before.has(name)) added.set(name, index);
  for (const [name, index] of added) {
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.forbidden(`spec.schedulingGates[${index}].name`, detail);
  }
}

function withImages(containers: readonly core.Container[], old: readonly core.Container[]): core.Container[] {
  return containers.map((container, index) => {
    const kept = { ...container };
    const image = old[index]?.image;
    if (image === undefined) delete kept.image;
    else kept.image = image;
    return kept;
  });
}

/** One field as it was. */
function putBack<K extends "activeDeadlineSeconds" | "schedulingGates" | "tolerations">(
  field: K,
  spec: core.PodSpec,
  old: core.PodSpec,
): void {
  const before = old[field];
  if (before === undefined) delete spec[field];
  else spec[field] = before;
}

/** The new spec with what may change as it was; telling what is wrong with how it narrows the nodes. */
function withoutChanges(spec: core.PodSpec, old: core.PodSpec, errors: FieldErrors): core.PodSpec {
  let kept: core.PodSpec = { ...spec, containers: withImages(spec.containers ?? [], old.containers ?? []) };
  if (spec.initContainers !== undefined)
    kept.initContainers = withImages(spec.initContainers, old.initContainers ?? []);
  const before = old.terminationGracePeriodSeconds;
  if (before !== undefined && before < 0 && kept.terminationGracePeriodSeconds === 1)
    kept.terminationGracePeriodSeconds = before;
  if ((old.schedulingGates ?? []).length > 0) kept = withoutNarrowing(kept, old, errors);
  putBack("activeDeadlineSeconds", kept, old);
  putBack("schedulingGates", kept, old);
  putBack("tolerations", kept, old);
  return kept;
}

/** What is wrong with an update of a pod, of which little may change; upstream's `ValidatePodUpdate`. */
export function checkPodUpdate(pod: PodParts, old: PodParts, errors: FieldErrors): void {
  const allow = podAllowances(old, true);
  checkPod(pod, errors, allow);
  const annotations = pod.metadata.annotations ?? {};
  checkFixedAnnotations(annotations, old.metadata.annotations ?? {}, "metadata.annotations", errors);
  const { spec } = pod;
  if (!checkSameContainers("containers", spec, old.spec, errors)) return;
  if (!checkSameContainers("initContainers", spec, old.spec, errors)) return;
  if (!checkDeadline(spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds, errors)) return;
  checkAddedTolerations(spec.tolerations ?? [], old.spec.tolerations ?? [], "spec.tolerations", errors, allow);
  checkGates(spec.schedulingGates ?? [], old.spec.schedulingGates ?? [], errors);
  if (sameJson(spec, old.spec)) return;
  const kept = withoutChanges(spec, old.spec, errors);
  if (sameJson(kept, old.spec)) return;
  const difference = innerDiff("PodSpec", old.spec, kept);
  errors.forbidden("spec", `pod updates may not change fields other than ${UPDATABLE}\n${difference}`);
}
