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
      errors.notSupported(`${path}.kind`, kind, ["ServiceAccount", "User", "Group"]);
  }
}

/** What is wrong with a binding but that subjects have no name; upstream's `ValidateRoleBinding` and `ValidateClusterRoleBinding`. */
export function checkBinding(
  { roleRef, subjects = [] }: Binding,
  namespaced: boolean,
  create: boolean,
  errors: FieldErrors,
): void {
  if (roleRef.apiGroup !== RBAC_GROUP) errors.notSupported("roleRef.apiGroup", roleRef.apiGroup, [RBAC_GROUP]);
  const kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  if (!kinds.includes(roleRef.kind)) errors.notSupported("roleRef.kind", roleRef.kind, kinds);
  // Upstream declares that the role has a name, so that it comes last, but not when the role may not change anyway.
  if (roleRef.name !== "")
    for (const problem of pathSegmentNameErrors(roleRef.name)) errors.invalid("roleRef.name", roleRef.name, problem);
  else if (!create) errors.required("roleRef.name");
  for (const [index, subject] of subjects.entries()) checkSubject(subject, namespaced, `subjects[${index}]`, errors);
}

/** That the subjects have names; upstream declares it, so that it comes after all else. */
export function checkSubjectNames({ subjects = [] }: Binding, errors: FieldErrors): void {
  for (const [index, { name }] of subjects.entries()) if (name === "") errors.required(`subjects[${index}].name`);
}

/** The same of a new binding, and that its role has a name. */
export function checkNames(binding: Binding, errors: FieldErrors): void {
  checkSubjectNames(binding, errors);
  if (binding.roleRef.name === "") errors.required("roleRef.name");
}
