import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";

/** What a claim is for that does not say, also in templates: a file system. Its quantities are rounded to thousandths. */
export function defaultClaimSpec(spec: core.PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= "Filesystem";
  defaultResourceList(spec.resources.limits);
  defaultResourceList(spec.resources.requests);
}

/** The defaults of a claim and of what is told of it. */
export function defaultClaim(spec: core.PersistentVolumeClaimSpec, status: core.PersistentVolumeClaimStatus): void {
  status.phase ||= "Pending";
  defaultClaimSpec(spec);
  defaultResourceList(status.capacity);
  defaultResourceList(status.allocatedResources);
}
