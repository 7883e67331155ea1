import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkClaimSpec } from "./check-claim.js";
import { checkClaimStatus } from "./check-claim-status.js";
import { checkClaimUpdate } from "./check-claim-update.js";
import { CLAIM_COLUMNS } from "./claim-columns.js";
import { claimWarnings } from "./claim-warnings.js";
import { alignedDataSources, dropDataSources } from "./data-source.js";
import { defaultClaim } from "./default-claim.js";

/** What somebody wants of a volume, and which one it is. */
@Native({
  group: "",
  version: "v1",
  kind: "PersistentVolumeClaim",
  shortNames: ["pvc"],
  status: true,
  returnDeletedObject: true,
})
@Column(CLAIM_COLUMNS.status)
@Column(CLAIM_COLUMNS.volume)
@Column(CLAIM_COLUMNS.capacity)
@Column(CLAIM_COLUMNS.accessModes)
@Column(CLAIM_COLUMNS.storageClass)
@Column(CLAIM_COLUMNS.attributesClass)
@Column(AGE_COLUMN)
@Column(CLAIM_COLUMNS.volumeMode)
export class PersistentVolumeClaim extends ApiObject {
  override spec!: core.PersistentVolumeClaim["spec"];
  override status!: core.PersistentVolumeClaim["status"];

  override default(): void {
    defaultClaim(this.spec, this.status);
  }

  override prepareForCreate(): void {
    this.status = { phase: "Pending" };
    dropDataSources(this.spec, undefined);
    Object.assign(this.spec, alignedDataSources(this.spec));
  }

  override prepareForUpdate(old: this): void {
    dropDataSources(this.spec, old.spec);
    Object.assign(this.spec, alignedDataSources(this.spec));
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkClaimSpec(this.spec, "spec", errors);
    if (errors.empty) for (const text of claimWarnings(this.metadata, this.spec)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkClaimStatus(this.status, errors);
      return;
    }
    checkClaimUpdate(this, old, errors);
    if (errors.empty) for (const text of claimWarnings(this.metadata, this.spec)) warn(text);
  }
}
