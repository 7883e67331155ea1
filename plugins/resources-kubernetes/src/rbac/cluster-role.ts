import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkLabelSelector } from "../checks/check-label-selector.js";
import { CREATED_AT_COLUMN } from "../columns/created-at-column.js";
import { Native } from "../native.js";
import type * as rbac from "../types/rbac-v1.js";
import { checkRules, checkVerbs } from "./check-rules.js";
import { mayEscalate, mayGrantAnything, requireFullAuthority, requireHeld } from "./escalation.js";
import { changesOnlyOwnership } from "./gc-fields.js";
import { plainRules } from "./plain-rules.js";
import { RBAC_GROUP } from "./rbac-group.js";

/** Rules for what may be done in the whole cluster, or in the namespaces of the bindings. */
@Native({
  group: RBAC_GROUP,
  version: "v1",
  kind: "ClusterRole",
  scope: "Cluster",
  nameFormat: "path-segment",
  createOnUpdate: true,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class ClusterRole extends ApiObject {
  rules!: rbac.ClusterRole["rules"];
  aggregationRule?: rbac.AggregationRule;

  /** Nobody gives more than they hold, unless they may `escalate`. */
  override async authorize(old: this | undefined, context: HookContext): Promise<void> {
    if (mayGrantAnything(context.user)) return;
    const { name = "", namespace = "" } = this.metadata;
    const written = { resource: "clusterroles", name, namespace } as const;
    if (await mayEscalate(context, written, old === undefined)) return;
    if (old !== undefined && changesOnlyOwnership(this, old)) return;
    await requireHeld(context, plainRules(this.rules), written);
    if (this.aggregationRule !== undefined || old?.aggregationRule !== undefined)
      await requireFullAuthority(context, written);
  }

  override validate(errors: FieldErrors): void {
    checkRules(this.rules, false, errors);
    if (this.aggregationRule !== undefined) checkAggregation(this.aggregationRule, errors);
    checkVerbs(this.rules, errors);
  }
}

function checkAggregation({ clusterRoleSelectors }: rbac.AggregationRule, errors: FieldErrors): void {
  const path = "aggregationRule.clusterRoleSelectors";
  const selectors = clusterRoleSelectors ?? [];
  if (selectors.length === 0)
    errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
  for (const [index, selector] of selectors.entries()) {
    const before = errors.list.length;
    checkLabelSelector(selector, `${path}[${index}]`, errors);
    if (errors.list.length > before) errors.invalid(`${path}[${index}]`, null, "invalid label selector.");
  }
}
