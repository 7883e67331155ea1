import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { checkRules } from "./check-rules.js";
import { CREATED_AT_COLUMN } from "./created-at-column.js";
import { mayEscalate, mayGrantAnything, requireHeld } from "./escalation.js";
import { changesOnlyOwnership } from "./gc-fields.js";
import { defaultRules, PolicyRule } from "./policy-rule.js";
import { RBAC_GROUP } from "./role-ref.js";

/** Rules for what may be done within one namespace. */
@Message(() => nativeMessage("rbac/v1.Role"))
@Resource({
  group: RBAC_GROUP,
  version: "v1",
  kind: "Role",
  nameFormat: "path-segment",
  createOnUpdate: true,
  defaultColumns: false,
  description: "Rules for what may be done within one namespace.",
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class Role extends ApiObject {
  @Field({ proto: 2, items: () => PolicyRule, listType: "atomic", description: "What the role allows." })
  rules?: PolicyRule[];

  override default(): void {
    defaultRules(this.rules);
  }

  /** Nobody gives more than they hold, unless they may `escalate`. */
  override async authorize(old: this | undefined, context: HookContext): Promise<void> {
    if (mayGrantAnything(context.user)) return;
    const { name = "", namespace = "" } = this.metadata;
    const written = { resource: "roles", name, namespace } as const;
    if (await mayEscalate(context, written, old === undefined)) return;
    if (old !== undefined && changesOnlyOwnership(this, old)) return;
    await requireHeld(context, this.rules ?? [], written);
  }

  override validate(errors: FieldErrors): void {
    checkRules(this.rules, true, errors);
  }
}
