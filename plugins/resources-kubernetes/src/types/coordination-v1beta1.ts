// Written by facts/compact.js: the types of coordination/v1beta1 as the server has them once it has read them.

import type * as coordination from "./coordination-v1.js";
import type * as meta from "./meta-v1.js";

export interface Lease {
  metadata: meta.ObjectMeta;
  spec: LeaseSpec;
}

export interface LeaseCandidate {
  metadata: meta.ObjectMeta;
  spec: LeaseCandidateSpec;
}

export interface LeaseCandidateSpec {
  leaseName: string;
  pingTime?: string;
  renewTime?: string;
  binaryVersion: string;
  emulationVersion?: string;
  strategy?: coordination.CoordinatedLeaseStrategy;
}

export interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
  strategy?: coordination.CoordinatedLeaseStrategy;
  preferredHolder?: string;
}
