// Written by facts/compact.js.

/** The types of scheduling/v1, as JSON. */
export const SCHEDULING_V1 =
  '{"group":"scheduling.k8s.io","version":"v1","protoPackage":"k8s.io.api.scheduling.v1","types":{"PriorityClass":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["value",2,"int32",""],["globalDefault",3,"bool","o"],["description",4,"string","o"],["preemptionPolicy",5,"*core/v1.PreemptionPolicy","o"]],"t":true}}}';
