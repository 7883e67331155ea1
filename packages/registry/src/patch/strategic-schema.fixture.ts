import type { StructuralSchema } from "@quarterdeck/scheme";

const TEXT: StructuralSchema = { type: "string" };

const PORTS: StructuralSchema = {
  type: "array",
  items: { type: "object", properties: { port: { type: "integer" }, name: TEXT } },
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": ["port"],
};

/** A kind with a list of every sort: keyed, keyed twice, sets, atomic, and such below lists and maps. */
export const LISTS: StructuralSchema = {
  type: "object",
  properties: {
    steps: {
      type: "array",
      items: {
        type: "object",
        properties: { name: TEXT, ports: PORTS, tags: { type: "array", items: TEXT, "x-kubernetes-list-type": "set" } },
      },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
    },
    ports: PORTS,
    tags: { type: "array", items: TEXT, "x-kubernetes-list-type": "set" },
    numbers: {
      type: "array",
      items: { "x-kubernetes-int-or-string": true },
      "x-kubernetes-list-type": "set",
    },
    pairs: {
      type: "array",
      items: { type: "object", properties: { a: TEXT, b: TEXT } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["a", "b"],
    },
    services: {
      type: "array",
      items: { type: "object", properties: { port: { type: "integer" }, protocol: TEXT, name: TEXT } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
      "x-kubernetes-patch-merge-key": "port",
    },
    claims: {
      type: "array",
      items: { type: "object", properties: { name: TEXT } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
      "x-kubernetes-patch-strategy": "none",
    },
    selector: { type: "object", additionalProperties: TEXT, "x-kubernetes-patch-strategy": "replace" },
    places: {
      type: "array",
      items: { type: "object", "x-kubernetes-map-type": "atomic" },
      "x-kubernetes-list-type": "set",
    },
    words: { type: "array", items: TEXT, "x-kubernetes-list-type": "atomic" },
    plain: { type: "array", items: { type: "object", properties: { name: TEXT } } },
    byName: { type: "object", additionalProperties: { type: "object", properties: { ports: PORTS } } },
    template: { type: "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true },
  },
};
