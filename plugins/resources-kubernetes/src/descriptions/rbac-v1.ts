import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of rbac.authorization.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const RBAC_V1: TypeDescriptions = {
  Role: {
    "": "Role is rules for what may be done within one namespace.",
    metadata: METADATA,
    rules: "What the role allows.",
  },
  ClusterRole: {
    "": "ClusterRole is rules for what may be done in the whole cluster, or in the namespaces of the bindings.",
    metadata: METADATA,
    rules: "What the role allows.",
    aggregationRule: "Gathers the rules of other cluster roles here; rules written by hand are then overwritten.",
  },
  PolicyRule: {
    "": "PolicyRule is something that may be done: verbs, with resources or with paths.",
    verbs: "What may be done; * stands for everything.",
    apiGroups: "API groups of the resources; the empty one is the core group, * stands for all.",
    resources: "Resources, and subresources as in pods/log; * stands for all, */scale for the scale of all.",
    resourceNames: "Names of the objects; all of them without it.",
    nonResourceURLs: "Paths that are no resources; a * at the end stands for all below. Only in cluster roles.",
  },
  AggregationRule: {
    "": "AggregationRule is which cluster roles give their rules to one.",
    clusterRoleSelectors: "The rules of every cluster role that one of these selects are gathered.",
  },
  RoleBinding: {
    "": "RoleBinding gives a role, or a cluster role, to subjects within one namespace.",
    metadata: METADATA,
    subjects: "Who gets the role.",
    roleRef: "A role of the namespace, or a cluster role; it cannot be changed.",
  },
  ClusterRoleBinding: {
    "": "ClusterRoleBinding gives a cluster role to subjects in the whole cluster.",
    metadata: METADATA,
    subjects: "Who gets the role.",
    roleRef: "A cluster role; it cannot be changed.",
  },
  Subject: {
    "": "Subject is somebody who gets a role.",
    kind: "User, Group or ServiceAccount.",
    apiGroup: "The group rbac.authorization.k8s.io for users and groups, empty for service accounts.",
    name: "Name of the user, group or service account.",
    namespace: "Namespace of the service account.",
  },
  RoleRef: {
    "": "RoleRef names a role.",
    apiGroup: "Group of the role; rbac.authorization.k8s.io.",
    kind: "Role or ClusterRole.",
    name: "Name of the role.",
  },
};
