// Written by facts/compact.js.

/** The types of coordination/v1alpha2, as JSON. */
export const COORDINATION_V1ALPHA2 =
  '{"group":"coordination.k8s.io","version":"v1alpha2","protoPackage":"k8s.io.api.coordination.v1alpha2","types":{"LeaseCandidate":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["spec",2,"LeaseCandidateSpec","or"]],"t":true},"LeaseCandidateSpec":{"f":[["leaseName",1,"string","r"],["pingTime",2,"*meta/v1.MicroTime","o"],["renewTime",3,"*meta/v1.MicroTime","o"],["binaryVersion",4,"string","r"],["emulationVersion",5,"string","o"],["strategy",6,"coordination/v1.CoordinatedLeaseStrategy","or"]]}}}';
