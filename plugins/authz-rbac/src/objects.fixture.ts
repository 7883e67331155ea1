import type { KubeObject } from "@quarterdeck/meta";

const apiVersion = "rbac.authorization.k8s.io/v1";

/** A role, or without a namespace a cluster role. */
export function role(name: string, rules: readonly { [list: string]: string[] }[], namespace?: string): KubeObject {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion, kind: namespace === undefined ? "ClusterRole" : "Role", metadata, rules: [...rules] };
}

/** A binding to subjects as `User ann`, `Group devs`, `ServiceAccount kube-system/dns` or `ServiceAccount dns`. */
export function binding(
  name: string,
  roleRef: `${"Role" | "ClusterRole"} ${string}`,
  subjects: readonly string[],
  namespace?: string,
): KubeObject {
  const [roleKind = "", roleName = ""] = roleRef.split(" ");
  const metadata = namespace === undefined ? { name } : { name, namespace };
  const kind = namespace === undefined ? "ClusterRoleBinding" : "RoleBinding";
  const made = subjects.map((text) => {
    const [subjectKind = "", subject = ""] = text.split(" ");
    const [first = "", second] = subject.split("/");
    if (subjectKind !== "ServiceAccount" || second === undefined) return { kind: subjectKind, name: subject };
    return { kind: subjectKind, namespace: first, name: second };
  });
  return {
    apiVersion,
    kind,
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: roleKind, name: roleName },
    subjects: made,
  };
}
