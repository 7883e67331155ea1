import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";
import { defaultContainer } from "./default-container.js";
import { defaultVolume } from "./default-volume.js";

const GRACE_SECONDS = 30;

/** The two names of the account say the same; the newer one wins. */
function defaultAccount(spec: core.PodSpec): void {
  spec.serviceAccountName ||= spec.serviceAccount ?? "";
  if (spec.serviceAccountName === "") delete spec.serviceAccountName;
  else spec.serviceAccount = spec.serviceAccountName;
}

/**
 * Fills in what upstream fills in wherever there is a pod spec: `SetDefaults_PodSpec` and the defaults of all below it. What
 * only pods get is in `defaultPod`.
 */
export function defaultPodSpec(spec: core.PodSpec): void {
  defaultAccount(spec);
  spec.dnsPolicy ||= "ClusterFirst";
  spec.restartPolicy ||= "Always";
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= GRACE_SECONDS;
  spec.schedulerName ||= "default-scheduler";
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  defaultResourceList(spec.overhead);
  defaultResourceList(spec.resources?.limits);
  defaultResourceList(spec.resources?.requests);
}
