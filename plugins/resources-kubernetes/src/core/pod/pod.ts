import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkPodSpec } from "./check-pod-spec.js";
import { defaultPod } from "./default-pod.js";
import { dropDisabledFields } from "./drop-disabled-fields.js";
import { POD_COLUMNS } from "./pod-columns.js";
import { POD_FIELDS } from "./pod-fields.js";
import { prepareEphemeralContainers, prepareResize } from "./prepare-part.js";
import { gracePeriodOf, keepPodResources, prepareNewPod, prepareStatus } from "./prepare-pod.js";

/** Containers that run together on one node. */
@Native({
  group: "",
  version: "v1",
  kind: "Pod",
  shortNames: ["po"],
  categories: ["all"],
  generation: true,
  status: true,
  parts: ["ephemeralcontainers", "resize"],
  returnDeletedObject: true,
})
@SelectableField(".spec.nodeName")
@SelectableField(".spec.restartPolicy")
@SelectableField(".spec.schedulerName")
@SelectableField(".spec.serviceAccountName")
@SelectableField(".spec.hostNetwork", POD_FIELDS.hostNetwork)
@SelectableField(".status.phase")
@SelectableField(".status.podIP", POD_FIELDS.podIP)
@SelectableField(".status.podIPs", POD_FIELDS.podIPs)
@SelectableField(".status.nominatedNodeName")
@Column(POD_COLUMNS.ready)
@Column(POD_COLUMNS.status)
@Column(POD_COLUMNS.restarts)
@Column(AGE_COLUMN)
@Column(POD_COLUMNS.ip)
@Column(POD_COLUMNS.node)
@Column(POD_COLUMNS.nominatedNode)
@Column(POD_COLUMNS.readinessGates)
export class Pod extends ApiObject {
  override spec!: core.Pod["spec"];
  override status!: core.Pod["status"];

  override default(): void {
    defaultPod(this.spec, this.status);
  }

  override prepareForCreate(context: HookContext): void {
    prepareNewPod(this, context);
  }

  override prepareForUpdate(old: this): void {
    keepPodResources(this.spec, old.spec);
    dropDisabledFields(this.spec, this.metadata, old.spec);
  }

  override prepareForPartUpdate(old: this, { subresource }: HookContext): void {
    if (subresource === "status") prepareStatus(this.status, old.status);
    else if (subresource === "resize") prepareResize(this, old);
    else prepareEphemeralContainers(this, old);
  }

  override gracePeriod(asked: number | undefined): number {
    return gracePeriodOf(this, asked);
  }

  override validate(errors: FieldErrors): void {
    checkPodSpec(this.spec, "spec", errors);
  }
}
