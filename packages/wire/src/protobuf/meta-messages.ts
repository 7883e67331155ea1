import { keep, list, map, message, omit, pointer } from "./message-field.js";

const ownerReference = message("OwnerReference", {
  kind: keep(1, "string"),
  name: keep(3, "string"),
  uid: keep(4, "string"),
  apiVersion: keep(5, "string"),
  controller: pointer(6, "bool"),
  blockOwnerDeletion: pointer(7, "bool"),
});

const managedFieldsEntry = message("ManagedFieldsEntry", {
  manager: omit(1, "string"),
  operation: omit(2, "string"),
  apiVersion: omit(3, "string"),
  time: pointer(4, "time"),
  fieldsType: omit(6, "string"),
  fieldsV1: pointer(7, "json"),
  subresource: omit(8, "string"),
});

/** `meta/v1.ObjectMeta`, field 1 of every object. */
export const OBJECT_META = message("ObjectMeta", {
  name: omit(1, "string"),
  generateName: omit(2, "string"),
  namespace: omit(3, "string"),
  selfLink: omit(4, "string"),
  uid: omit(5, "string"),
  resourceVersion: omit(6, "string"),
  generation: omit(7, "int64"),
  creationTimestamp: omit(8, "time"),
  deletionTimestamp: pointer(9, "time"),
  deletionGracePeriodSeconds: pointer(10, "int64"),
  labels: map(11, "string"),
  annotations: map(12, "string"),
  ownerReferences: list(13, ownerReference),
  finalizers: list(14, "string"),
  managedFields: list(17, managedFieldsEntry),
});

/** `meta/v1.DeleteOptions`, the body of a DELETE of any resource. */
export const DELETE_OPTIONS = message("DeleteOptions", {
  gracePeriodSeconds: pointer(1, "int64"),
  preconditions: pointer(
    2,
    message("Preconditions", { uid: pointer(1, "string"), resourceVersion: pointer(2, "string") }),
  ),
  orphanDependents: pointer(3, "bool"),
  propagationPolicy: pointer(4, "string"),
  dryRun: list(5, "string"),
  ignoreStoreReadErrorWithClusterBreakingPotential: pointer(6, "bool"),
});

/** `autoscaling/v1.Scale`, the body of a PUT of `/scale` of any resource. */
export const SCALE = message("Scale", {
  metadata: keep(1, OBJECT_META),
  spec: keep(2, message("ScaleSpec", { replicas: omit(1, "int32") })),
  status: keep(3, message("ScaleStatus", { replicas: keep(1, "int32"), selector: omit(2, "string") })),
});

const statusCause = message("StatusCause", {
  reason: omit(1, "string"),
  message: omit(2, "string"),
  field: omit(3, "string"),
});

/** `meta/v1.ListMeta`, field 1 of every list. */
export const LIST_META = message("ListMeta", {
  selfLink: omit(1, "string"),
  resourceVersion: omit(2, "string"),
  continue: omit(3, "string"),
  remainingItemCount: pointer(4, "int64"),
});

/** `meta/v1.Status`, the body of every error. */
export const STATUS = message("Status", {
  metadata: keep(1, LIST_META),
  status: omit(2, "string"),
  message: omit(3, "string"),
  reason: omit(4, "string"),
  details: pointer(
    5,
    message("StatusDetails", {
      name: omit(1, "string"),
      group: omit(2, "string"),
      kind: omit(3, "string"),
      causes: list(4, statusCause),
      retryAfterSeconds: omit(5, "int32"),
      uid: omit(6, "string"),
    }),
  ),
  code: omit(6, "int32"),
});
