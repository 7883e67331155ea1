import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Message, Resource } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { LeaseSpec } from "./lease-spec.js";
import { microTime } from "./micro-time.js";

const STRATEGIES = ["OldestEmulationVersion"];

/** Elections are not coordinated here, as upstream's are not by default: what only those need is kept where it stands. */
const COORDINATED = ["strategy", "preferredHolder"] as const;

function checkStrategy(strategy: string, errors: FieldErrors): void {
  // The path that upstream gives it.
  const path = "spec.strategy.strategy";
  if (!strategy.includes("/")) {
    if (!STRATEGIES.includes(strategy)) errors.notSupported(path, strategy, STRATEGIES);
    return;
  }
  for (const text of qualifiedNameErrors(strategy)) errors.invalid(path, strategy, text);
}

/** Says who does a piece of work that only one of several may do, and until when. */
@Message(() => nativeMessage("coordination/v1.Lease"))
@Resource({
  group: "coordination.k8s.io",
  version: "v1",
  kind: "Lease",
  createOnUpdate: true,
  unconditionalUpdate: false,
  description: "Says who does a piece of work that only one of several may do, and until when.",
})
@Column({ name: "Holder", type: "string", description: "Who holds it", jsonPath: ".spec.holderIdentity" })
@Column(AGE_COLUMN)
export class Lease extends ApiObject<LeaseSpec> {
  // No @Spec: leases have no generation.
  @Field({ proto: 2, description: "Who holds it, and since when." })
  override spec?: LeaseSpec;

  override default(): void {
    for (const field of ["acquireTime", "renewTime"] as const) {
      const time = this.spec?.[field];
      if (this.spec !== undefined && time !== undefined) this.spec[field] = microTime(time);
    }
  }

  override prepareForCreate(): void {
    for (const field of COORDINATED) delete this.spec?.[field];
  }

  override prepareForUpdate(old: this): void {
    for (const field of COORDINATED) if (old.spec?.[field] === undefined) delete this.spec?.[field];
  }

  override validate(errors: FieldErrors): void {
    const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = this.spec ?? {};
    if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0)
      errors.invalid("spec.leaseDurationSeconds", leaseDurationSeconds, "must be greater than 0");
    if (leaseTransitions !== undefined && leaseTransitions < 0)
      errors.invalid("spec.leaseTransitions", leaseTransitions, "must be greater than or equal to 0");
    if (strategy !== undefined) checkStrategy(strategy, errors);
    if (preferredHolder !== undefined && preferredHolder !== "" && (strategy ?? "") === "")
      errors.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
  }
}
