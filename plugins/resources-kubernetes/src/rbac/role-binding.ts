import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, type HookContext, Message, Resource } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { GROUPS_COLUMN, ROLE_COLUMN, SERVICE_ACCOUNTS_COLUMN, USERS_COLUMN } from "./binding-columns.js";
import { checkBinding, checkRoleRefKept } from "./check-binding.js";
import { requireBindable } from "./require-bindable.js";
import { defaultRoleRef, RBAC_GROUP, RoleRef } from "./role-ref.js";
import { defaultSubjects, Subject } from "./subject.js";

/** Gives a role, or a cluster role, to subjects within one namespace. */
@Message(() => nativeMessage("rbac/v1.RoleBinding"))
@Resource({
  group: RBAC_GROUP,
  version: "v1",
  kind: "RoleBinding",
  nameFormat: "path-segment",
  createOnUpdate: true,
  description: "Gives a role, or a cluster role, to subjects within one namespace.",
})
@Column(ROLE_COLUMN)
@Column(AGE_COLUMN)
@Column(USERS_COLUMN)
@Column(GROUPS_COLUMN)
@Column(SERVICE_ACCOUNTS_COLUMN)
export class RoleBinding extends ApiObject {
  @Field({ proto: 2, items: () => Subject, listType: "atomic", description: "Who gets the role." })
  subjects?: Subject[];

  @Field({ proto: 3, required: true, description: "A role of the namespace, or a cluster role; it cannot be changed." })
  roleRef!: RoleRef;

  override default(): void {
    this.roleRef = defaultRoleRef(this.roleRef);
    defaultSubjects(this.subjects);
  }

  override authorize(old: this | undefined, context: HookContext): Promise<void> {
    return requireBindable(this, old, context, "rolebindings");
  }

  override validate(errors: FieldErrors): void {
    checkBinding(this, true, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkRoleRefKept(this, old, errors);
  }
}
