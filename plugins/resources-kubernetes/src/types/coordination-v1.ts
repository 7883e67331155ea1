// Written by facts/compact.js: the types of coordination/v1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export type CoordinatedLeaseStrategy = string;

export interface Lease {
  metadata: meta.ObjectMeta;
  spec: LeaseSpec;
}

export interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
  strategy?: CoordinatedLeaseStrategy;
  preferredHolder?: string;
}
