import { CLUSTER_ROLE_BINDINGS } from "../policy/cluster-role-bindings.js";
import { CLUSTER_ROLES } from "../policy/cluster-roles.js";
import { CONTROLLER_ROLES } from "../policy/controller-roles.js";
import { NAMESPACE_ROLES } from "../policy/namespace-roles.js";
import { parseRule } from "../policy/parse-rule.js";
import type { TabledRole } from "../policy/role-table.js";
import { type PolicyObject, policyObject, RBAC_GROUP, ruleObject, type SubjectObject } from "./policy-object.js";

const CONTROLLER = "system:controller:";

function aggregationLabel(name: string): { [key: string]: string } {
  return { [`${RBAC_GROUP}/aggregate-to-${name}`]: "true" };
}

function rules(texts: readonly string[]) {
  return texts.map((text) => ruleObject(parseRule(text)));
}

function clusterRole(name: string, role: TabledRole): PolicyObject {
  const labels = role.addTo === undefined ? {} : aggregationLabel(role.addTo);
  if (role.gathers === undefined) return policyObject("ClusterRole", name, "", { rules: rules(role.rules) }, labels);
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: aggregationLabel(role.gathers) }] };
  return policyObject("ClusterRole", name, "", { aggregationRule }, labels);
}

function subject(text: string): SubjectObject {
  const [kind = "", name = ""] = text.split(" ");
  if (kind !== "ServiceAccount") return { kind, apiGroup: RBAC_GROUP, name };
  const [namespace = "", account = ""] = name.split("/");
  return { kind, name: account, namespace };
}

function roleRef(kind: "Role" | "ClusterRole", name: string) {
  return { apiGroup: RBAC_GROUP, kind, name };
}

function clusterRoleBinding(name: string, subjects: readonly string[]): PolicyObject {
  const fields = { subjects: subjects.map(subject), roleRef: roleRef("ClusterRole", name) };
  return policyObject("ClusterRoleBinding", name, "", fields);
}

/** Upstream's default roles and bindings: roles before what binds them. */
export function bootstrapPolicy(): readonly PolicyObject[] {
  const controllers = Object.entries(CONTROLLER_ROLES);
  return [
    ...Object.entries(CLUSTER_ROLES).map(([name, role]) => clusterRole(name, role)),
    ...controllers.map(([name, role]) => clusterRole(`${CONTROLLER}${name}`, role)),
    ...NAMESPACE_ROLES.map((role) => policyObject("Role", role.name, role.namespace, { rules: rules(role.rules) })),
    ...Object.entries(CLUSTER_ROLE_BINDINGS).map(([name, subjects]) => clusterRoleBinding(name, subjects)),
    ...controllers.map(([name]) => clusterRoleBinding(`${CONTROLLER}${name}`, [`ServiceAccount kube-system/${name}`])),
    ...NAMESPACE_ROLES.map(({ namespace, name, binding, subjects }) =>
      policyObject("RoleBinding", binding ?? name, namespace, {
        subjects: subjects.map(subject),
        roleRef: roleRef("Role", name),
      }),
    ),
  ];
}
