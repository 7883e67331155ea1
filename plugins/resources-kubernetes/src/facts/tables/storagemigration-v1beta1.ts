// Written by facts/compact.js.

/** The types of storagemigration/v1beta1, as JSON. */
export const STORAGEMIGRATION_V1BETA1 =
  '{"group":"storagemigration.k8s.io","version":"v1beta1","protoPackage":"k8s.io.api.storagemigration.v1beta1","types":{"StorageVersionMigration":{"f":[["metadata",1,"meta/v1.ObjectMeta","o"],["spec",2,"StorageVersionMigrationSpec","o"],["status",3,"StorageVersionMigrationStatus","o"]],"t":true},"StorageVersionMigrationSpec":{"f":[["resource",1,"meta/v1.GroupResource","r"]]},"StorageVersionMigrationStatus":{"f":[["conditions",1,"[]meta/v1.Condition","o",{"l":"map","k":["type"],"s":"merge","y":"type"}],["resourceVersion",2,"string","o"]]}}}';
