// Written by facts/compact.js.

/** The types of events/v1, as JSON. */
export const EVENTS_V1 =
  '{"group":"events.k8s.io","version":"v1","protoPackage":"k8s.io.api.events.v1","types":{"Event":{"f":[["metadata",1,"meta/v1.ObjectMeta",""],["eventTime",2,"meta/v1.MicroTime","r"],["series",3,"*EventSeries","o"],["reportingController",4,"string","o"],["reportingInstance",5,"string","o"],["action",6,"string","o"],["reason",7,"string","o"],["regarding",8,"core/v1.ObjectReference","o"],["related",9,"*core/v1.ObjectReference","o"],["note",10,"string","o"],["type",11,"string","o"],["deprecatedSource",12,"core/v1.EventSource","o"],["deprecatedFirstTimestamp",13,"meta/v1.Time","o"],["deprecatedLastTimestamp",14,"meta/v1.Time","o"],["deprecatedCount",15,"int32","o"]],"t":true},"EventSeries":{"f":[["count",1,"int32","r"],["lastObservedTime",2,"meta/v1.MicroTime","r"]]}}}';
