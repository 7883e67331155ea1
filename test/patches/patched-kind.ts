import type { StructuralSchema } from "@quarterdeck/scheme";

const TEXT: StructuralSchema = { type: "string" };
const TAGS: StructuralSchema = { type: "array", items: TEXT, "x-kubernetes-list-type": "set" };
const WORDS: StructuralSchema = { type: "array", items: TEXT };
const PORT: StructuralSchema = {
  type: "object",
  properties: { port: { type: "integer" }, protocol: TEXT, name: TEXT },
};
const OWNER: StructuralSchema = { type: "object", properties: { uid: TEXT, name: TEXT } };

const STEP: StructuralSchema = {
  type: "object",
  properties: {
    name: TEXT,
    x: { type: "integer" },
    ports: { type: "array", items: PORT, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port"] },
    tags: TAGS,
    words: WORDS,
  },
};

/** The fields of `kind` in test/patches/upstream-go; what its tags say of patches is said here by list types and words. */
export const PATCHED_KIND: StructuralSchema = {
  type: "object",
  properties: {
    steps: {
      type: "array",
      items: STEP,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
      "x-kubernetes-patch-strategy": "merge,retainKeys",
    },
    services: {
      type: "array",
      items: PORT,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
      "x-kubernetes-patch-merge-key": "port",
    },
    claims: {
      type: "array",
      items: OWNER,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["uid"],
      "x-kubernetes-patch-strategy": "none",
    },
    tags: TAGS,
    words: WORDS,
    strategy: {
      type: "object",
      properties: { type: TEXT, rolling: { type: "object", properties: { max: { type: "integer" }, tags: TAGS } } },
      "x-kubernetes-patch-strategy": "retainKeys",
    },
    selector: { type: "object", additionalProperties: TEXT, "x-kubernetes-patch-strategy": "replace" },
    byName: { type: "object", additionalProperties: STEP },
  },
};
