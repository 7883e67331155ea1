// Written by facts/compact.js: the types of rbac/v1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export interface AggregationRule {
  clusterRoleSelectors?: meta.LabelSelector[];
}

export interface ClusterRole {
  metadata: meta.ObjectMeta;
  rules: PolicyRule[] | null;
  aggregationRule?: AggregationRule;
}

export interface ClusterRoleBinding {
  metadata: meta.ObjectMeta;
  subjects?: Subject[];
  roleRef: RoleRef;
}

export interface PolicyRule {
  verbs: string[] | null;
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Role {
  metadata: meta.ObjectMeta;
  rules: PolicyRule[] | null;
}

export interface RoleBinding {
  metadata: meta.ObjectMeta;
  subjects?: Subject[];
  roleRef: RoleRef;
}

export interface RoleRef {
  apiGroup: string;
  kind: string;
  name: string;
}

export interface Subject {
  kind: string;
  apiGroup?: string;
  name: string;
  namespace?: string;
}
