// Written by facts/compact.js: the types of certificates/v1beta1 as the server has them once it has read them.

import type * as core from "./core-v1.js";
import type * as meta from "./meta-v1.js";

export interface CertificateSigningRequest {
  metadata: meta.ObjectMeta;
  spec: CertificateSigningRequestSpec;
  status: CertificateSigningRequestStatus;
}

export interface CertificateSigningRequestCondition {
  type: RequestConditionType;
  status: core.ConditionStatus;
  reason?: string;
  message?: string;
  lastUpdateTime: string | null;
  lastTransitionTime: string | null;
}

export interface CertificateSigningRequestSpec {
  request: string | null;
  signerName?: string;
  expirationSeconds?: number;
  usages?: KeyUsage[];
  username?: string;
  uid?: string;
  groups?: string[];
  extra?: { [key: string]: ExtraValue };
}

export interface CertificateSigningRequestStatus {
  conditions?: CertificateSigningRequestCondition[];
  certificate?: string;
}

export interface ClusterTrustBundle {
  metadata: meta.ObjectMeta;
  spec: ClusterTrustBundleSpec;
}

export interface ClusterTrustBundleSpec {
  signerName?: string;
  trustBundle: string;
}

export type ExtraValue = string[];

export type KeyUsage = string;

export interface PodCertificateRequest {
  metadata: meta.ObjectMeta;
  spec: PodCertificateRequestSpec;
  status: PodCertificateRequestStatus;
}

export interface PodCertificateRequestSpec {
  signerName: string;
  podName: string;
  podUID: string;
  serviceAccountName: string;
  serviceAccountUID: string;
  nodeName: string;
  nodeUID: string;
  maxExpirationSeconds?: number;
  pkixPublicKey: string | null;
  proofOfPossession: string | null;
  stubPKCS10Request: string | null;
  unverifiedUserAnnotations?: { [key: string]: string };
}

export interface PodCertificateRequestStatus {
  conditions?: meta.Condition[];
  certificateChain?: string;
  notBefore?: string;
  beginRefreshAt?: string;
  notAfter?: string;
}

export type RequestConditionType = string;
