import { definePlugin } from "@quarterdeck/sdk";
import { SelfSubjectReview } from "./authentication/self-subject-review.js";
import { TokenReview } from "./authentication/token-review.js";
import { LocalSubjectAccessReview } from "./authorization/local-subject-access-review.js";
import { SelfSubjectAccessReview } from "./authorization/self-subject-access-review.js";
import { SelfSubjectRulesReview } from "./authorization/self-subject-rules-review.js";
import { SubjectAccessReview } from "./authorization/subject-access-review.js";
import { CertificateSigningRequest } from "./certificates/certificate-signing-request.js";
import { ConfigMap } from "./config-map.js";
import { Lease } from "./coordination/lease.js";
import { FlowSchema } from "./flowcontrol/flow-schema.js";
import { PriorityLevelConfiguration } from "./flowcontrol/priority-level-configuration.js";
import { keptEvents } from "./kept-events.js";
import { KubernetesOptions } from "./kubernetes-options.js";
import { Namespace } from "./namespace.js";
import { ResourceQuota } from "./quota/resource-quota.js";
import { ClusterRole } from "./rbac/cluster-role.js";
import { ClusterRoleBinding } from "./rbac/cluster-role-binding.js";
import { Role } from "./rbac/role.js";
import { RoleBinding } from "./rbac/role-binding.js";
import { Secret } from "./secret.js";
import { ServiceAccount } from "./service-account.js";
import { systemNamespaces } from "./system-namespaces.js";

export default definePlugin({
  kind: "resources",
  name: "kubernetes",
  version: "0.1.0",
  options: KubernetesOptions,
  resources: (options) => [
    Namespace,
    ConfigMap,
    Secret,
    ServiceAccount,
    keptEvents(options),
    TokenReview,
    SelfSubjectReview,
    SubjectAccessReview,
    SelfSubjectAccessReview,
    LocalSubjectAccessReview,
    SelfSubjectRulesReview,
    FlowSchema,
    PriorityLevelConfiguration,
    Role,
    RoleBinding,
    ClusterRole,
    ClusterRoleBinding,
    CertificateSigningRequest,
    Lease,
    ResourceQuota,
  ],
  objects: () => systemNamespaces,
});
