// Written by facts/compact.js: the types of coordination/v1alpha2 as the server has them once it has read them.

import type * as coordination from "./coordination-v1.js";
import type * as meta from "./meta-v1.js";

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
