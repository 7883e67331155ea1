import { defaultClaim } from "../../core/persistent-volume-claim/default-claim.js";
import { defaultPodTemplate } from "../../core/pod/default-pod-template.js";
import type * as apps from "../../types/apps-v1.js";
import type * as core from "../../types/core-v1.js";

const REVISIONS = 10;
const CLAIM = { kind: "PersistentVolumeClaim", apiVersion: "v1" };

function defaultStrategy(strategy: apps.StatefulSetUpdateStrategy): void {
  if ((strategy.type ?? "") === "") {
    strategy.type = "RollingUpdate";
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type !== "RollingUpdate" || strategy.rollingUpdate === undefined) return;
  strategy.rollingUpdate.partition ??= 0;
  strategy.rollingUpdate.maxUnavailable ??= 1;
}

/** A claim of a template is a whole object, and says of what kind. */
function completeClaim(claim: core.PersistentVolumeClaim): core.PersistentVolumeClaim {
  defaultClaim(claim.spec, claim.status);
  return Object.assign({}, CLAIM, claim, CLAIM);
}

/** Fills in what upstream's `SetDefaults_StatefulSet` does, the template and the claims. */
export function defaultStatefulSet(spec: apps.StatefulSetSpec): void {
  spec.podManagementPolicy ||= "OrderedReady";
  defaultStrategy(spec.updateStrategy);
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= "Retain";
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= "Retain";
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= REVISIONS;
  defaultPodTemplate(spec.template);
  if (spec.volumeClaimTemplates !== undefined) spec.volumeClaimTemplates = spec.volumeClaimTemplates.map(completeClaim);
}
