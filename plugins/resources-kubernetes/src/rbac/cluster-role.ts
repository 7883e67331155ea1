import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { checkLabelSelector } from "../checks/check-label-selector.js";
import { nativeMessage } from "../facts/native-message.js";
import { AggregationRule } from "./aggregation-rule.js";
import { checkRules } from "./check-rules.js";
import { CREATED_AT_COLUMN } from "./created-at-column.js";
import { mayEscalate, mayGrantAnything, requireFullAuthority, requireHeld } from "./escalation.js";
import { changesOnlyOwnership } from "./gc-fields.js";
import { defaultRules, PolicyRule } from "./policy-rule.js";
import { RBAC_GROUP } from "./role-ref.js";

/** Rules for what may be done in the whole cluster, or in the namespaces of the bindings. */
@Message(() => nativeMessage("rbac/v1.ClusterRole"))
@Resource({
  group: RBAC_GROUP,
  version: "v1",
  kind: "ClusterRole",
  scope: "Cluster",
  nameFormat: "path-segment",
  createOnUpdate: true,
  defaultColumns: false,
  description: "Rules for what may be done in the whole cluster, or in the namespaces of the bindings.",
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class ClusterRole extends ApiObject {
  @Field({ proto: 2, items: () => PolicyRule, listType: "atomic", description: "What the role allows." })
  rules?: PolicyRule[];

  @Field({
    proto: 3,
    description: "Gathers the rules of other cluster roles here; rules written by hand are then overwritten.",
  })
  aggregationRule?: AggregationRule;

  override default(): void {
    defaultRules(this.rules);
  }

  /** Nobody gives more than they hold, unless they may `escalate`. */
  override async authorize(old: this | undefined, context: HookContext): Promise<void> {
    if (mayGrantAnything(context.user)) return;
    const { name = "", namespace = "" } = this.metadata;
    const written = { resource: "clusterroles", name, namespace } as const;
    if (await mayEscalate(context, written, old === undefined)) return;
    if (old !== undefined && changesOnlyOwnership(this, old)) return;
    await requireHeld(context, this.rules ?? [], written);
    if (this.aggregationRule !== undefined || old?.aggregationRule !== undefined)
      await requireFullAuthority(context, written);
  }

  override validate(errors: FieldErrors): void {
    checkRules(this.rules, false, errors);
    if (this.aggregationRule === undefined) return;
    const path = "aggregationRule.clusterRoleSelectors";
    const selectors = this.aggregationRule.clusterRoleSelectors ?? [];
    if (selectors.length === 0)
      errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    for (const [index, selector] of selectors.entries()) checkLabelSelector(selector, `${path}[${index}]`, errors);
  }
}
