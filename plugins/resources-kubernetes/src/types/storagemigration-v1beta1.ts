// Written by facts/compact.js: the types of storagemigration/v1beta1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export interface StorageVersionMigration {
  metadata: meta.ObjectMeta;
  spec: StorageVersionMigrationSpec;
  status: StorageVersionMigrationStatus;
}

export interface StorageVersionMigrationSpec {
  resource: meta.GroupResource;
}

export interface StorageVersionMigrationStatus {
  conditions?: meta.Condition[];
  resourceVersion?: string;
}
