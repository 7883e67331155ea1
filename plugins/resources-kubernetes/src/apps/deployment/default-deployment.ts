import { defaultPodTemplate } from "../../core/pod/default-pod-template.js";
import type * as apps from "../../types/apps-v1.js";

const SHARE = "25%";
const REVISIONS = 10;
const DEADLINE_SECONDS = 600;

/** Fills in what upstream's `SetDefaults_Deployment` does, and the template. */
export function defaultDeployment(spec: apps.DeploymentSpec): void {
  spec.replicas ??= 1;
  spec.strategy.type ||= "RollingUpdate";
  if (spec.strategy.type === "RollingUpdate") {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= SHARE;
    spec.strategy.rollingUpdate.maxSurge ??= SHARE;
  }
  spec.revisionHistoryLimit ??= REVISIONS;
  spec.progressDeadlineSeconds ??= DEADLINE_SECONDS;
  defaultPodTemplate(spec.template);
}
