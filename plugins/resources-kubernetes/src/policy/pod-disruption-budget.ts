import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type { LabelSelector } from "../types/meta-v1.js";
import type * as policy from "../types/policy-v1.js";
import { checkBudget, checkBudgetStatus } from "./check-budget.js";

/** How policy/v1beta1 said of an empty selector whether it chooses all or nothing; users may not say that. */
const EMPTY_SELECTOR_LABEL = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

function isReserved({ matchLabels, matchExpressions = [] }: LabelSelector): boolean {
  const [one, ...others] = matchExpressions;
  if (matchLabels !== undefined || others.length > 0 || one?.key !== EMPTY_SELECTOR_LABEL) return false;
  return one.values === undefined && (one.operator === "Exists" || one.operator === "DoesNotExist");
}

function isBudget(object: object): object is Pick<PodDisruptionBudget, "spec" | "status"> {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function count(field: "minAvailable" | "maxUnavailable"): (object: KubeObject) => string {
  return (object) => String((isBudget(object) ? object.spec[field] : undefined) ?? "N/A");
}

/** How many of some pods may be evicted at a time. */
@Native({
  group: "policy",
  version: "v1",
  kind: "PodDisruptionBudget",
  shortNames: ["pdb"],
  generation: true,
  status: true,
  unconditionalUpdate: false,
})
@Column({
  name: "Min Available",
  type: "string",
  description: "How many pods must stay",
  value: count("minAvailable"),
})
@Column({
  name: "Max Unavailable",
  type: "string",
  description: "How many pods may be gone",
  value: count("maxUnavailable"),
})
@Column({
  name: "Allowed Disruptions",
  type: "integer",
  description: "How many pods may be evicted now",
  value: (object) => (isBudget(object) ? object.status.disruptionsAllowed : 0),
})
@Column(AGE_COLUMN)
export class PodDisruptionBudget extends ApiObject {
  override spec!: policy.PodDisruptionBudget["spec"];
  override status!: policy.PodDisruptionBudget["status"];

  override prepareForCreate(): void {
    dropReserved(this.spec);
  }

  override prepareForUpdate(old: this): void {
    if (!sameJson(this.spec.selector, old.spec.selector)) dropReserved(this.spec);
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkBudgetStatus(this.status, errors);
    else checkBudget(this.spec, errors);
  }
}

function dropReserved({ selector }: PodDisruptionBudget["spec"]): void {
  if (selector?.matchExpressions === undefined || isReserved(selector)) return;
  const rest = selector.matchExpressions.filter(({ key }) => key !== EMPTY_SELECTOR_LABEL);
  if (rest.length > 0) selector.matchExpressions = rest;
  else delete selector.matchExpressions;
}
