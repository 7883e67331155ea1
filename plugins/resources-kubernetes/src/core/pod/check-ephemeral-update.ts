import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import { innerDiff } from "../../checks/unified-diff.js";
import { checkPod } from "./check-pod.js";
import { checkFixedAnnotations } from "./check-pod-annotations.js";
import { podAllowances } from "./pod-allowances.js";
import { MIRROR_ANNOTATION } from "./pod-annotations.js";
import type { PodParts } from "./prepare-pod.js";

/** Containers that look into a pod are only ever added; upstream's `ValidatePodEphemeralContainersUpdate`. */
export function checkEphemeralUpdate(pod: PodParts, old: PodParts, errors: FieldErrors): void {
  const before = old.metadata.annotations ?? {};
  if (Object.hasOwn(before, MIRROR_ANNOTATION)) {
    errors.forbidden("", "static pods do not support ephemeral containers");
    return;
  }
  checkPod(pod, errors, podAllowances(old, true));
  checkFixedAnnotations(pod.metadata.annotations ?? {}, before, "metadata.annotations", errors);
  const now = new Map((pod.spec.ephemeralContainers ?? []).map((container) => [container.name, container]));
  for (const was of old.spec.ephemeralContainers ?? []) {
    const container = now.get(was.name);
    const which = `existing ephemeral containers ${JSON.stringify(was.name)}`;
    if (container === undefined) errors.forbidden("spec.ephemeralContainers", `${which} may not be removed\n`);
    else if (!sameJson(was, container))
      errors.forbidden(
        "spec.ephemeralContainers",
        `${which} may not be changed\n${innerDiff("EphemeralContainer", was, container)}`,
      );
  }
}
