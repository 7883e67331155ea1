import { defaultPodTemplate } from "../../core/pod/default-pod-template.js";
import type * as apps from "../../types/apps-v1.js";

const REVISIONS = 10;

/** Fills in what upstream's `SetDefaults_DaemonSet` does, and the template. */
export function defaultDaemonSet(spec: apps.DaemonSetSpec): void {
  spec.updateStrategy.type ||= "RollingUpdate";
  if (spec.updateStrategy.type === "RollingUpdate") {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
    spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= REVISIONS;
  defaultPodTemplate(spec.template);
}
