// Written by facts/compact.js: the types of apiserverinternal/v1alpha1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export type ConditionStatus = string;

export interface ServerStorageVersion {
  apiServerID?: string;
  encodingVersion?: string;
  decodableVersions?: string[];
  servedVersions?: string[];
}

export interface StorageVersion {
  metadata: meta.ObjectMeta;
  spec: StorageVersionSpec;
  status: StorageVersionStatus;
}

export interface StorageVersionCondition {
  type: StorageVersionConditionType;
  status: ConditionStatus;
  observedGeneration?: number;
  lastTransitionTime: string | null;
  reason: string;
  message?: string;
}

export type StorageVersionConditionType = string;

export type StorageVersionSpec = Record<string, never>;

export interface StorageVersionStatus {
  storageVersions?: ServerStorageVersion[];
  commonEncodingVersion?: string;
  conditions?: StorageVersionCondition[];
}
