import type { StructuralSchema } from "@quarterdeck/scheme";

const STRING: StructuralSchema = { type: "string" };
const TIME: StructuralSchema = { type: "string", format: "date-time" };
const STRINGS: StructuralSchema = { type: "object", additionalProperties: STRING };

const OWNER_REFERENCE: StructuralSchema = {
  type: "object",
  "x-kubernetes-map-type": "atomic",
  properties: {
    apiVersion: STRING,
    blockOwnerDeletion: { type: "boolean" },
    controller: { type: "boolean" },
    kind: STRING,
    name: STRING,
    // The Go type says so, and upstream's lists take it for a key that is missing.
    uid: { type: "string", default: "" },
  },
};

const MANAGED_FIELDS_ENTRY: StructuralSchema = {
  type: "object",
  properties: {
    apiVersion: STRING,
    fieldsType: STRING,
    fieldsV1: { type: "object" },
    manager: STRING,
    operation: STRING,
    subresource: STRING,
    time: TIME,
  },
};

/** `meta/v1.ObjectMeta` with the list and map types that upstream's OpenAPI has. */
export const OBJECT_META_SCHEMA: StructuralSchema = {
  type: "object",
  properties: {
    annotations: STRINGS,
    creationTimestamp: TIME,
    deletionGracePeriodSeconds: { type: "integer" },
    deletionTimestamp: TIME,
    finalizers: { type: "array", items: STRING, "x-kubernetes-list-type": "set" },
    generateName: STRING,
    generation: { type: "integer" },
    labels: STRINGS,
    managedFields: { type: "array", items: MANAGED_FIELDS_ENTRY, "x-kubernetes-list-type": "atomic" },
    name: STRING,
    namespace: STRING,
    ownerReferences: {
      type: "array",
      items: OWNER_REFERENCE,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["uid"],
    },
    resourceVersion: STRING,
    selfLink: STRING,
    uid: STRING,
  },
};
