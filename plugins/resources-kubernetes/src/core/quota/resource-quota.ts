import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { ApiObject, Column, Field, type HookContext, Message, Resource, Status } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { nativeMessage } from "../../facts/native-message.js";
import { checkQuantities } from "./check-quantities.js";
import { checkScopes } from "./check-scopes.js";
import { canonicalQuantities, type Quantities } from "./quantities.js";
import { QUOTA_COLUMNS } from "./quota-columns.js";
import { ResourceQuotaSpec } from "./resource-quota-spec.js";
import { ResourceQuotaStatus } from "./resource-quota-status.js";

/** What is both requested and limited. */
const COMPUTE = ["cpu", "memory", "storage", "ephemeral-storage"];

/** Warns of requests that may be more than what limits allow. */
function warnOfLimits(hard: Quantities, { warn }: HookContext): void {
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

function sameScopes(a: ResourceQuotaSpec | undefined, b: ResourceQuotaSpec | undefined): boolean {
  const [first, second] = [new Set(a?.scopes), new Set(b?.scopes)];
  return first.size === second.size && [...first].every((scope) => second.has(scope));
}

/** How much a namespace may have of things, and how much it has. */
@Message(() => nativeMessage("core/v1.ResourceQuota"))
@Resource({
  group: "",
  version: "v1",
  kind: "ResourceQuota",
  returnDeletedObject: true,
  shortNames: ["quota"],
  description: "How much a namespace may have of things, and how much it has.",
})
@Column(QUOTA_COLUMNS.request)
@Column(QUOTA_COLUMNS.limit)
@Column(AGE_COLUMN)
export class ResourceQuota extends ApiObject<ResourceQuotaSpec, ResourceQuotaStatus> {
  // No @Spec: quotas have no generation.
  @Field({ proto: 2, description: "How much there may be." })
  override spec?: ResourceQuotaSpec;

  @Status({ proto: 3, description: "How much there is." })
  override status?: ResourceQuotaStatus;

  override default(): void {
    for (const list of [this.spec?.hard, this.status?.hard, this.status?.used])
      canonicalQuantities("ResourceQuota", list);
  }

  override prepareForCreate(context: HookContext): void {
    this.status = {};
    if (this.spec?.hard !== undefined) warnOfLimits(this.spec.hard, context);
  }

  override validate(errors: FieldErrors): void {
    checkQuantities(this.spec?.hard, "spec.hard", errors);
    if (this.spec !== undefined) checkScopes(this.spec, errors);
    checkQuantities(this.status?.hard, "status.hard", errors);
    checkQuantities(this.status?.used, "status.used", errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (!sameScopes(this.spec, old.spec)) errors.invalid("spec.scopes", this.spec?.scopes, "field is immutable");
  }
}
