import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { now } from "../now.js";
import { checkMountOptions } from "./check-mount-options.js";
import { checkVolumeSpec } from "./check-volume.js";
import { checkVolumeUpdate } from "./check-volume-update.js";
import { defaultPersistentVolume } from "./default-volume.js";
import { keepPhaseTime } from "./phase-time.js";
import { VOLUME_COLUMNS } from "./volume-columns.js";
import { volumeWarnings } from "./volume-warnings.js";

/** A piece of storage that outlives pods. */
@Native({
  group: "",
  version: "v1",
  kind: "PersistentVolume",
  scope: "Cluster",
  shortNames: ["pv"],
  status: true,
  returnDeletedObject: true,
})
@Column(VOLUME_COLUMNS.capacity)
@Column(VOLUME_COLUMNS.accessModes)
@Column(VOLUME_COLUMNS.reclaimPolicy)
@Column(VOLUME_COLUMNS.status)
@Column(VOLUME_COLUMNS.claim)
@Column(VOLUME_COLUMNS.storageClass)
@Column(VOLUME_COLUMNS.attributesClass)
@Column(VOLUME_COLUMNS.reason)
@Column(AGE_COLUMN)
@Column(VOLUME_COLUMNS.volumeMode)
export class PersistentVolume extends ApiObject {
  override spec!: core.PersistentVolume["spec"];
  override status!: core.PersistentVolume["status"];

  override default(): void {
    defaultPersistentVolume(this.spec, this.status);
  }

  override prepareForCreate(): void {
    this.status = { phase: "Pending", lastPhaseTransitionTime: now() };
  }

  override prepareForPartUpdate(old: this): void {
    keepPhaseTime(this.status, old.status);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkVolumeSpec(this.spec, "spec", errors, { name: this.metadata.name ?? "" });
    checkMountOptions(this.metadata, this.spec, errors);
    if (errors.empty) for (const text of volumeWarnings(this.metadata, this.spec)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") return;
    checkVolumeUpdate(this.spec, old.spec, errors, this.metadata);
    if (errors.empty) for (const text of volumeWarnings(this.metadata, this.spec)) warn(text);
  }
}
