import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { CREATED_AT_COLUMN } from "../columns/created-at-column.js";
import { Native } from "../native.js";
import type * as rbac from "../types/rbac-v1.js";
import { checkRules, checkVerbs } from "./check-rules.js";
import { mayEscalate, mayGrantAnything, requireHeld } from "./escalation.js";
import { changesOnlyOwnership } from "./gc-fields.js";
import { plainRules } from "./plain-rules.js";
import { RBAC_GROUP } from "./rbac-group.js";

/** Rules for what may be done within one namespace. */
@Native({
  group: RBAC_GROUP,
  version: "v1",
  kind: "Role",
  nameFormat: "path-segment",
  createOnUpdate: true,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class Role extends ApiObject {
  rules!: rbac.Role["rules"];

  /** Nobody gives more than they hold, unless they may `escalate`. */
  override async authorize(old: this | undefined, context: HookContext): Promise<void> {
    if (mayGrantAnything(context.user)) return;
    const { name = "", namespace = "" } = this.metadata;
    const written = { resource: "roles", name, namespace } as const;
    if (await mayEscalate(context, written, old === undefined)) return;
    if (old !== undefined && changesOnlyOwnership(this, old)) return;
    await requireHeld(context, plainRules(this.rules), written);
  }

  override validate(errors: FieldErrors): void {
    checkRules(this.rules, true, errors);
    checkVerbs(this.rules, errors);
  }
}
