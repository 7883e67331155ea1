import type { TypeDescriptions } from "./type-descriptions.js";

const TYPED = {
  apiGroup: "Group of the kind; empty for the core group.",
  kind: "Kind of the object.",
  name: "Name of the object.",
};

/** What the types that name other objects are, and their fields, for `kubectl explain`. */
export const CORE_V1_REFERENCE: TypeDescriptions = {
  ObjectReference: {
    "": "ObjectReference names an object, or a part of one.",
    kind: "Kind of the object.",
    namespace: "Namespace of the object; empty for cluster-scoped kinds.",
    name: "Name of the object.",
    uid: "The uid of the object.",
    apiVersion: "Group and version of the kind.",
    resourceVersion: "The state of the object that is meant.",
    fieldPath: "The part of the object that is meant, such as spec.containers{web}.",
  },
  LocalObjectReference: {
    "": "LocalObjectReference names an object of the same namespace.",
    name: "Name of the object.",
  },
  SecretReference: {
    "": "SecretReference names a secret of any namespace.",
    name: "Name of the secret.",
    namespace: "Namespace of the secret.",
  },
  TypedLocalObjectReference: {
    "": "TypedLocalObjectReference names an object of some kind in the same namespace.",
    ...TYPED,
  },
  TypedObjectReference: {
    "": "TypedObjectReference names an object of some kind, in the same namespace or another.",
    ...TYPED,
    namespace: "Namespace of the object; another than one's own needs a ReferenceGrant there.",
  },
};
