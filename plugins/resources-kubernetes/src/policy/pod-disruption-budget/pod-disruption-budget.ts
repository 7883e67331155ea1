import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as policy from "../../types/policy-v1.js";
import { checkBudget, checkBudgetStatus } from "./check-budget.js";
import { stripSelector } from "./strip-selector.js";

function amountCell(object: KubeObject, field: "minAvailable" | "maxUnavailable"): string {
  const spec: unknown = object.spec;
  const amount = isJsonObject(spec) ? spec[field] : undefined;
  return amount === undefined ? "N/A" : String(amount);
}

/** How many of some pods may be evicted at a time. */
@Native({
  group: "policy",
  version: "v1",
  kind: "PodDisruptionBudget",
  shortNames: ["pdb"],
  nameFormat: "path-segment",
  unconditionalUpdate: false,
  generation: true,
  status: true,
})
@Column({
  name: "Min Available",
  type: "string",
  description: "How many pods have to be left",
  value: (object) => amountCell(object, "minAvailable"),
})
@Column({
  name: "Max Unavailable",
  type: "string",
  description: "How many pods may be away",
  value: (object) => amountCell(object, "maxUnavailable"),
})
@Column({
  name: "Allowed Disruptions",
  type: "integer",
  description: "How many pods may be evicted now",
  jsonPath: ".status.disruptionsAllowed",
})
@Column(AGE_COLUMN)
export class PodDisruptionBudget extends ApiObject {
  override spec!: policy.PodDisruptionBudget["spec"];
  override status!: policy.PodDisruptionBudget["status"];

  override prepareForCreate(): void {
    this.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
    stripSelector(this.spec);
  }

  override prepareForUpdate(old: this): void {
    stripSelector(this.spec, old.spec);
  }

  override validate(errors: FieldErrors, { operation, subresource }: HookContext): void {
    if (subresource === "status") checkBudgetStatus(this.status, errors);
    else if (operation === "CREATE") checkBudget(this.spec, undefined, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status") checkBudget(this.spec, old.spec, errors);
  }
}
