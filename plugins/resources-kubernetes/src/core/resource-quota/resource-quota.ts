import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";
import { checkQuantities } from "./check-quantities.js";
import { checkScopes } from "./check-scopes.js";
import { QUOTA_COLUMNS } from "./quota-columns.js";

/** What is both requested and limited. */
const COMPUTE = ["cpu", "memory", "storage", "ephemeral-storage"];

/** Warns of requests that may be more than what limits allow. */
function warnOfLimits(hard: core.ResourceList, { warn }: HookContext): void {
  for (const name of COMPUTE) {
    const request = [`requests.${name}`, ...(name === "cpu" || name === "memory" ? [name] : [])].find((one) =>
      Object.hasOwn(hard, one),
    );
    const limit = `limits.${name}`;
    const [requested, limited] = [hard[request ?? ""], hard[limit]];
    if (requested === undefined || limited === undefined) continue;
    if (Quantity.parse(requested).compare(Quantity.parse(limited)) <= 0) continue;
    warn(`ResourceQuota ${request} (${requested}) should be less than ${limit} (${limited})`);
  }
}

function sameScopes(a: core.ResourceQuotaSpec, b: core.ResourceQuotaSpec): boolean {
  const [first, second] = [new Set(a.scopes), new Set(b.scopes)];
  return first.size === second.size && [...first].every((scope) => second.has(scope));
}

/** How much a namespace may have of things, and how much it has. */
@Native({
  group: "",
  version: "v1",
  kind: "ResourceQuota",
  returnDeletedObject: true,
  shortNames: ["quota"],
  status: true,
})
@Column(QUOTA_COLUMNS.request)
@Column(QUOTA_COLUMNS.limit)
@Column(AGE_COLUMN)
export class ResourceQuota extends ApiObject {
  override spec!: core.ResourceQuota["spec"];
  override status!: core.ResourceQuota["status"];

  override default(): void {
    for (const list of [this.spec.hard, this.status.hard, this.status.used]) defaultResourceList(list);
  }

  override prepareForCreate(context: HookContext): void {
    this.status = {};
    if (this.spec.hard !== undefined) warnOfLimits(this.spec.hard, context);
  }

  override validate(errors: FieldErrors): void {
    checkQuantities(this.spec.hard, "spec.hard", errors);
    checkScopes(this.spec, errors);
    checkQuantities(this.status.hard, "status.hard", errors);
    checkQuantities(this.status.used, "status.used", errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (!sameScopes(this.spec, old.spec)) errors.invalid("spec.scopes", this.spec.scopes, "field is immutable");
  }
}
