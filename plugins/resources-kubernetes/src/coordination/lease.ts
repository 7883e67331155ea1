import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as coordination from "../types/coordination-v1.js";
import { checkLeaseStrategy } from "./check-lease-strategy.js";

/** Elections are not coordinated here, as upstream's are not by default: what only those need is kept where it stands. */
const COORDINATED = ["strategy", "preferredHolder"] as const;

function holder({ spec }: KubeObject): string {
  return String(Object(spec).holderIdentity ?? "");
}

/** Says who does a piece of work that only one of several may do, and until when. */
@Native({
  group: "coordination.k8s.io",
  version: "v1",
  kind: "Lease",
  createOnUpdate: true,
  unconditionalUpdate: false,
})
@Column({ name: "Holder", type: "string", description: "Who holds it", value: holder })
@Column(AGE_COLUMN)
export class Lease extends ApiObject {
  override spec!: coordination.Lease["spec"];

  override prepareForCreate(): void {
    for (const field of COORDINATED) delete this.spec[field];
  }

  override prepareForUpdate(old: this): void {
    for (const field of COORDINATED) if (old.spec[field] === undefined) delete this.spec[field];
  }

  override validate(errors: FieldErrors): void {
    const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = this.spec;
    if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0)
      errors.invalid("spec.leaseDurationSeconds", leaseDurationSeconds, "must be greater than 0");
    if (leaseTransitions !== undefined && leaseTransitions < 0)
      errors.invalid("spec.leaseTransitions", leaseTransitions, "must be greater than or equal to 0");
    if (strategy !== undefined) checkLeaseStrategy(strategy, errors);
    if (preferredHolder !== undefined && preferredHolder !== "" && (strategy ?? "") === "")
      errors.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
  }
}
