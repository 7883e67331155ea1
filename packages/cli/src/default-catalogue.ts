import type { PluginCatalogue } from "@quarterdeck/kernel";

/** The plugins that ship with the server, under their short names; each is loaded only when the config names it. */
export const DEFAULT_CATALOGUE: PluginCatalogue = {
  storage: {
    level: () => import("@quarterdeck/storage-level"),
    memory: () => import("@quarterdeck/storage-memory"),
    etcd3: () => import("@quarterdeck/storage-etcd3"),
  },
  filter: {
    "max-in-flight": () => import("@quarterdeck/filter-max-in-flight"),
    "priority-and-fairness": () => import("@quarterdeck/filter-priority-and-fairness"),
  },
  authenticator: {
    "bootstrap-token": () => import("@quarterdeck/authn-bootstrap-token"),
    "client-certificate": () => import("@quarterdeck/authn-client-certificate"),
    oidc: () => import("@quarterdeck/authn-oidc"),
    "request-header": () => import("@quarterdeck/authn-request-header"),
    "service-account": () => import("@quarterdeck/authn-service-account"),
    "token-file": () => import("@quarterdeck/authn-token-file"),
    anonymous: () => import("@quarterdeck/authn-anonymous"),
    webhook: () => import("@quarterdeck/authn-webhook"),
  },
  authorizer: {
    abac: () => import("@quarterdeck/authz-abac"),
    "always-allow": () => import("@quarterdeck/authz-always-allow"),
    "always-deny": () => import("@quarterdeck/authz-always-deny"),
    node: () => import("@quarterdeck/authz-node"),
    rbac: () => import("@quarterdeck/authz-rbac"),
    "system-masters": () => import("@quarterdeck/authz-system-masters"),
    webhook: () => import("@quarterdeck/authz-webhook"),
  },
  admission: {
    "namespace-lifecycle": () => import("@quarterdeck/admission-namespace-lifecycle"),
  },
  audit: {
    log: () => import("@quarterdeck/audit-log"),
    webhook: () => import("@quarterdeck/audit-webhook"),
  },
  controller: {
    "clusterrole-aggregation": () => import("@quarterdeck/controller-clusterrole-aggregation"),
    "csr-approving": () => import("@quarterdeck/controller-csr-approving"),
    "csr-cleaner": () => import("@quarterdeck/controller-csr-cleaner"),
    "csr-signing": () => import("@quarterdeck/controller-csr-signing"),
    "garbage-collector": () => import("@quarterdeck/controller-garbage-collector"),
    "event-ttl": () => import("@quarterdeck/controller-event-ttl"),
    "kubernetes-service": () => import("@quarterdeck/controller-kubernetes-service"),
    namespace: () => import("@quarterdeck/controller-namespace"),
    "resource-quota": () => import("@quarterdeck/controller-resource-quota"),
    "service-allocation": () => import("@quarterdeck/controller-service-allocation"),
  },
  encryption: {
    aescbc: () => import("@quarterdeck/encryption-aescbc"),
    aesgcm: () => import("@quarterdeck/encryption-aesgcm"),
    kms: () => import("@quarterdeck/encryption-kms"),
    secretbox: () => import("@quarterdeck/encryption-secretbox"),
  },
  resources: {
    kubernetes: () => import("@quarterdeck/resources-kubernetes"),
  },
};
