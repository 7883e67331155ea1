import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../checks/check-immutable.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as rbac from "../types/rbac-v1.js";
import { GROUPS_COLUMN, ROLE_COLUMN, SERVICE_ACCOUNTS_COLUMN, USERS_COLUMN } from "./binding-columns.js";
import { checkBinding, checkNames, checkSubjectNames } from "./check-binding.js";
import { defaultBinding } from "./default-binding.js";
import { RBAC_GROUP } from "./rbac-group.js";
import { requireBindable } from "./require-bindable.js";

/** Gives a cluster role to subjects in the whole cluster. */
@Native({
  group: RBAC_GROUP,
  version: "v1",
  kind: "ClusterRoleBinding",
  scope: "Cluster",
  nameFormat: "path-segment",
  createOnUpdate: true,
})
@Column(ROLE_COLUMN)
@Column(AGE_COLUMN)
@Column(USERS_COLUMN)
@Column(GROUPS_COLUMN)
@Column(SERVICE_ACCOUNTS_COLUMN)
export class ClusterRoleBinding extends ApiObject {
  subjects?: rbac.Subject[];
  roleRef!: rbac.RoleRef;

  override default(): void {
    defaultBinding(this);
  }

  override authorize(old: this | undefined, context: HookContext): Promise<void> {
    return requireBindable(this, old, context, "clusterrolebindings");
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    checkBinding(this, false, operation === "CREATE", errors);
    if (operation === "CREATE") checkNames(this, errors);
  }

  /** What it gives would change under those who looked at it. */
  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.roleRef, old.roleRef, "roleRef", errors);
    checkSubjectNames(this, errors);
  }
}
