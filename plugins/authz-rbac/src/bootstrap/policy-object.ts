import type { KubeObject, PolicyRule } from "@quarterdeck/meta";

/** The kinds that a policy consists of. */
const POLICY_KINDS = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"] as const;

/** One of {@link POLICY_KINDS}. */
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** The group of all of them. */
export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** An object of the default policy, as it would be created. */
export type PolicyObject = KubeObject & { readonly kind: PolicyKind };

/** A subject of a binding, in JSON. */
export type SubjectObject = { kind: string; apiGroup?: string; name: string; namespace?: string };

/** Objects with this annotation set to `false` are left as they are. */
export const AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

const LABELS = { "kubernetes.io/bootstrapping": "rbac-defaults" };

/** An object of the default policy with the labels and annotations that all have. */
export function policyObject(
  kind: PolicyKind,
  name: string,
  namespace: string,
  fields: { readonly [field: string]: KubeObject[string] },
  labels: { readonly [key: string]: string } = {},
): PolicyObject {
  const metadata = {
    name,
    ...(namespace === "" ? {} : { namespace }),
    labels: { ...LABELS, ...labels },
    annotations: { [AUTOUPDATE]: "true" },
  };
  return { apiVersion: `${RBAC_GROUP}/v1`, kind, metadata, ...fields };
}

/** A rule as an object holds it. */
export function ruleObject(rule: PolicyRule): { [list: string]: string[] } {
  const lists = Object.entries(rule).filter(([, list]) => list.length > 0);
  return Object.fromEntries(lists.map(([name, list]) => [name, [...list]]));
}
