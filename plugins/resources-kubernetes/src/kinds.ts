import type { Constructor } from "@quarterdeck/sdk";
import {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyV1alpha1,
  MutatingAdmissionPolicyV1beta1,
} from "./admissionregistration/mutating-admission-policy.js";
import {
  MutatingAdmissionPolicyBinding,
  MutatingAdmissionPolicyBindingV1alpha1,
  MutatingAdmissionPolicyBindingV1beta1,
} from "./admissionregistration/mutating-admission-policy-binding.js";
import { MutatingWebhookConfiguration } from "./admissionregistration/mutating-webhook-configuration.js";
import { ValidatingAdmissionPolicy } from "./admissionregistration/validating-admission-policy.js";
import { ValidatingAdmissionPolicyBinding } from "./admissionregistration/validating-admission-policy-binding.js";
import { ValidatingWebhookConfiguration } from "./admissionregistration/validating-webhook-configuration.js";
import { CustomResourceDefinition } from "./apiextensions/custom-resource-definition/custom-resource-definition.js";
import { APIService } from "./apiregistration/api-service.js";
import { ControllerRevision } from "./apps/controller-revision/controller-revision.js";
import { DaemonSet } from "./apps/daemon-set/daemon-set.js";
import { Deployment } from "./apps/deployment/deployment.js";
import { ReplicaSet } from "./apps/replica-set/replica-set.js";
import { StatefulSet } from "./apps/stateful-set/stateful-set.js";
import { SelfSubjectReview } from "./authentication/self-subject-review.js";
import { TokenReview } from "./authentication/token-review.js";
import { LocalSubjectAccessReview } from "./authorization/local-subject-access-review.js";
import { SelfSubjectAccessReview } from "./authorization/self-subject-access-review.js";
import { SelfSubjectRulesReview } from "./authorization/self-subject-rules-review.js";
import { SubjectAccessReview } from "./authorization/subject-access-review.js";
import { HorizontalPodAutoscaler } from "./autoscaling/horizontal-pod-autoscaler.js";
import { HorizontalPodAutoscalerV1 } from "./autoscaling/horizontal-pod-autoscaler-v1.js";
import { CronJob } from "./batch/cron-job/cron-job.js";
import { Job } from "./batch/job/job.js";
import { CertificateSigningRequest } from "./certificates/certificate-signing-request.js";
import {
  ClusterTrustBundle,
  ClusterTrustBundleV1beta1,
} from "./certificates/cluster-trust-bundle/cluster-trust-bundle.js";
import {
  PodCertificateRequest,
  PodCertificateRequestV1beta1,
} from "./certificates/pod-certificate-request/pod-certificate-request.js";
import { Lease } from "./coordination/lease.js";
import { LeaseCandidate, LeaseCandidateV1alpha2 } from "./coordination/lease-candidate/lease-candidate.js";
import { ComponentStatus } from "./core/component-status/component-status.js";
import { ConfigMap } from "./core/config-map/config-map.js";
import { Endpoints } from "./core/endpoints/endpoints.js";
import { LimitRange } from "./core/limit-range/limit-range.js";
import { Namespace } from "./core/namespace/namespace.js";
import { Node } from "./core/node/node.js";
import { PersistentVolume } from "./core/persistent-volume/persistent-volume.js";
import { PersistentVolumeClaim } from "./core/persistent-volume-claim/persistent-volume-claim.js";
import { Binding } from "./core/pod/binding.js";
import { Pod } from "./core/pod/pod.js";
import { PodTemplate } from "./core/pod/pod-template.js";
import { ReplicationController } from "./core/replication-controller/replication-controller.js";
import { ResourceQuota } from "./core/resource-quota/resource-quota.js";
import { Secret } from "./core/secret/secret.js";
import { Service } from "./core/service/service.js";
import { ServiceAccount } from "./core/service-account/service-account.js";
import { EndpointSlice } from "./discovery/endpoint-slice/endpoint-slice.js";
import { CoreEvent } from "./events/core-event.js";
import { Event } from "./events/event.js";
import { FlowSchema } from "./flowcontrol/flow-schema.js";
import { PriorityLevelConfiguration } from "./flowcontrol/priority-level-configuration.js";
import { StorageVersion } from "./internal/storage-version/storage-version.js";
import { Ingress } from "./networking/ingress/ingress.js";
import { IngressClass } from "./networking/ingress-class/ingress-class.js";
import { IPAddress } from "./networking/ip-address/ip-address.js";
import { NetworkPolicy } from "./networking/network-policy/network-policy.js";
import { ServiceCIDR } from "./networking/service-cidr/service-cidr.js";
import { RuntimeClass } from "./node/runtime-class/runtime-class.js";
import { PodDisruptionBudget } from "./policy/pod-disruption-budget/pod-disruption-budget.js";
import { ClusterRole } from "./rbac/cluster-role.js";
import { ClusterRoleBinding } from "./rbac/cluster-role-binding.js";
import { Role } from "./rbac/role.js";
import { RoleBinding } from "./rbac/role-binding.js";
import { DeviceClass, DeviceClassV1beta1, DeviceClassV1beta2 } from "./resource/device-class.js";
import { DeviceTaintRule, DeviceTaintRuleV1alpha3, DeviceTaintRuleV1beta2 } from "./resource/device-taint-rule.js";
import { ResourceClaim, ResourceClaimV1beta1, ResourceClaimV1beta2 } from "./resource/resource-claim.js";
import {
  ResourceClaimTemplate,
  ResourceClaimTemplateV1beta1,
  ResourceClaimTemplateV1beta2,
} from "./resource/resource-claim-template.js";
import { ResourceSlice, ResourceSliceV1beta1, ResourceSliceV1beta2 } from "./resource/resource-slice.js";
import { PriorityClass } from "./scheduling/priority-class/priority-class.js";
import { CSIDriver } from "./storage/csi-driver/csi-driver.js";
import { CSINode } from "./storage/csi-node/csi-node.js";
import { CSIStorageCapacity } from "./storage/csi-storage-capacity/csi-storage-capacity.js";
import { StorageClass } from "./storage/storage-class/storage-class.js";
import { VolumeAttachment } from "./storage/volume-attachment/volume-attachment.js";
import { VolumeAttributesClass } from "./storage/volume-attributes-class/volume-attributes-class.js";
import {
  StorageVersionMigration,
  StorageVersionMigrationV1beta1,
} from "./storagemigration/storage-version-migration/storage-version-migration.js";

/** The native kinds, each the class of one version. */
export const KINDS: readonly Constructor[] = [
  Namespace,
  ComponentStatus,
  ConfigMap,
  Secret,
  ServiceAccount,
  CoreEvent,
  Event,
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
  Pod,
  Binding,
  PodTemplate,
  ReplicationController,
  Service,
  Endpoints,
  LimitRange,
  PersistentVolume,
  PersistentVolumeClaim,
  Node,
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
  Job,
  CronJob,
  Ingress,
  IngressClass,
  NetworkPolicy,
  IPAddress,
  ServiceCIDR,
  EndpointSlice,
  StorageClass,
  VolumeAttachment,
  VolumeAttributesClass,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PriorityClass,
  RuntimeClass,
  PodDisruptionBudget,
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerV1,
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyV1beta1,
  MutatingAdmissionPolicyV1alpha1,
  MutatingAdmissionPolicyBinding,
  MutatingAdmissionPolicyBindingV1beta1,
  MutatingAdmissionPolicyBindingV1alpha1,
  CustomResourceDefinition,
  APIService,
  PodCertificateRequest,
  PodCertificateRequestV1beta1,
  ClusterTrustBundle,
  ClusterTrustBundleV1beta1,
  ResourceClaim,
  ResourceClaimV1beta2,
  ResourceClaimV1beta1,
  ResourceClaimTemplate,
  ResourceClaimTemplateV1beta2,
  ResourceClaimTemplateV1beta1,
  DeviceClass,
  DeviceClassV1beta2,
  DeviceClassV1beta1,
  ResourceSlice,
  ResourceSliceV1beta2,
  ResourceSliceV1beta1,
  DeviceTaintRule,
  DeviceTaintRuleV1beta2,
  DeviceTaintRuleV1alpha3,
  StorageVersionMigration,
  StorageVersionMigrationV1beta1,
  LeaseCandidate,
  LeaseCandidateV1alpha2,
  StorageVersion,
];
