import type { ObjectMeta } from "./object-meta.js";

/** The fields of `meta/v1.ObjectMeta` in the order in which upstream writes them; without `selfLink`, no longer written. */
export const OBJECT_META_FIELDS = [
  "name",
  "generateName",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "annotations",
  "ownerReferences",
  "finalizers",
  "managedFields",
] as const satisfies readonly (keyof ObjectMeta)[];
