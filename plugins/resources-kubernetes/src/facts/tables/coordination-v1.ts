// Written by facts/compact.js.

/** The types of coordination/v1, as JSON. */
export const COORDINATION_V1 =
  '{"group":"coordination.k8s.io","version":"v1","protoPackage":"k8s.io.api.coordination.v1","types":{"CoordinatedLeaseStrategy":{"a":"string"},"Lease":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["spec",2,"LeaseSpec","o"]],"t":true},"LeaseSpec":{"f":[["holderIdentity",1,"*string","o"],["leaseDurationSeconds",2,"*int32","o"],["acquireTime",3,"*meta/v1.MicroTime","o"],["renewTime",4,"*meta/v1.MicroTime","o"],["leaseTransitions",5,"*int32","o"],["strategy",6,"*CoordinatedLeaseStrategy","o"],["preferredHolder",7,"*string","o"]]}}}';
