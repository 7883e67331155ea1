// Written by facts/compact.js: the types of certificates/v1alpha1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export interface ClusterTrustBundle {
  metadata: meta.ObjectMeta;
  spec: ClusterTrustBundleSpec;
}

export interface ClusterTrustBundleSpec {
  signerName?: string;
  trustBundle: string;
}
