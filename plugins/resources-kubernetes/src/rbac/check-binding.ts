import { dns1123SubdomainErrors, type FieldErrors, pathSegmentNameErrors } from "@quarterdeck/meta";
import type { RoleRef, Subject } from "../types/rbac-v1.js";
import { RBAC_GROUP } from "./rbac-group.js";

/** What a binding of either kind holds. */
export interface Binding {
  readonly roleRef: RoleRef;
  readonly subjects?: readonly Subject[];
}

function checkSubject(subject: Subject, namespaced: boolean, path: string, errors: FieldErrors): void {
  const { kind, name, apiGroup = "", namespace = "" } = subject;
  if (name === "") errors.required(`${path}.name`);
  switch (kind) {
    case "ServiceAccount":
      if (name !== "")
        for (const problem of dns1123SubdomainErrors(name)) errors.invalid(`${path}.name`, name, problem);
      if (apiGroup !== "") errors.notSupported(`${path}.apiGroup`, apiGroup, [""]);
      if (!namespaced && namespace === "") errors.required(`${path}.namespace`);
      return;
    case "User":
    case "Group":
      if (apiGroup !== RBAC_GROUP) errors.notSupported(`${path}.apiGroup`, apiGroup, [RBAC_GROUP]);
      return;
    default:
      errors.notSupported(`${path}.kind`, kind, ["Group", "ServiceAccount", "User"]);
  }
}

/** What is wrong with a binding; upstream's `ValidateRoleBinding` and `ValidateClusterRoleBinding`. */
export function checkBinding({ roleRef, subjects = [] }: Binding, namespaced: boolean, errors: FieldErrors): void {
  if (roleRef.apiGroup !== RBAC_GROUP) errors.notSupported("roleRef.apiGroup", roleRef.apiGroup, [RBAC_GROUP]);
  const kinds = namespaced ? ["ClusterRole", "Role"] : ["ClusterRole"];
  if (!kinds.includes(roleRef.kind)) errors.notSupported("roleRef.kind", roleRef.kind, kinds);
  if (roleRef.name === "") errors.required("roleRef.name");
  else for (const problem of pathSegmentNameErrors(roleRef.name)) errors.invalid("roleRef.name", roleRef.name, problem);
  for (const [index, subject] of subjects.entries()) checkSubject(subject, namespaced, `subjects[${index}]`, errors);
}
