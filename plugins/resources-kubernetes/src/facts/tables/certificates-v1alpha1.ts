// Written by facts/compact.js.

/** The types of certificates/v1alpha1, as JSON. */
export const CERTIFICATES_V1ALPHA1 =
  '{"group":"certificates.k8s.io","version":"v1alpha1","protoPackage":"k8s.io.api.certificates.v1alpha1","types":{"ClusterTrustBundle":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["spec",2,"ClusterTrustBundleSpec","r"]],"t":true},"ClusterTrustBundleSpec":{"f":[["signerName",1,"string","o"],["trustBundle",2,"string","r"]]}}}';
