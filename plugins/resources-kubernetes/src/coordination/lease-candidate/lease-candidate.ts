import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, SelectableField } from "@quarterdeck/sdk";
import { dataKeyErrors } from "../../checks/check-data-key.js";
import { checkImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import { OlderVersion } from "../../older-version.js";
import type * as coordination from "../../types/coordination-v1beta1.js";
import { checkCandidate } from "./check-candidate.js";

/** One of those of whom one is to hold a lease, where an election is coordinated. */
@Native({
  group: "coordination.k8s.io",
  version: "v1beta1",
  kind: "LeaseCandidate",
  storage: true,
  servedByDefault: false,
  deprecated: "coordination.k8s.io/v1beta1 LeaseCandidate is deprecated in v1.36+, unavailable in v1.39+",
  // the keys of a ConfigMap are what names may be
  nameFormat: "path-segment",
  createOnUpdate: true,
  unconditionalUpdate: false,
})
@SelectableField(".spec.leaseName")
@Column({ name: "LeaseName", type: "string", description: "The lease that it would hold", jsonPath: ".spec.leaseName" })
@Column({ name: "BinaryVersion", type: "string", description: "What it runs", jsonPath: ".spec.binaryVersion" })
@Column({
  name: "EmulationVersion",
  type: "string",
  description: "What it behaves as",
  jsonPath: ".spec.emulationVersion",
})
@Column(AGE_COLUMN)
export class LeaseCandidate extends ApiObject {
  override spec!: coordination.LeaseCandidate["spec"];

  override validate(errors: FieldErrors): void {
    const { name = "" } = this.metadata;
    if (name !== "") errors.invalidEach("metadata.name", name, dataKeyErrors(name));
    checkCandidate(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.spec.leaseName, old.spec.leaseName, "spec.leaseName", errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1alpha2", deprecatedIn: "1.35", removedIn: "1.38" })
export class LeaseCandidateV1alpha2 extends LeaseCandidate {}
