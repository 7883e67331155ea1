import type * as rbac from "../types/rbac-v1.js";
import { RBAC_GROUP } from "./rbac-group.js";

/** Fills in the groups that a binding leaves out; upstream's `SetDefaults_RoleBinding` and `SetDefaults_Subject`. */
export function defaultBinding({ roleRef, subjects = [] }: Pick<rbac.RoleBinding, "roleRef" | "subjects">): void {
  if (roleRef.apiGroup === "") roleRef.apiGroup = RBAC_GROUP;
  for (const subject of subjects) {
    if (subject.apiGroup === undefined && (subject.kind === "User" || subject.kind === "Group"))
      subject.apiGroup = RBAC_GROUP;
  }
}
