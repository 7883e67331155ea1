import type { StructuralSchema } from "@quarterdeck/scheme";
import { fieldStep } from "../path/step.js";
import {
  DEDUCED,
  type ListKey,
  type ListShape,
  type MapShape,
  type MergeField,
  type MergeNode,
  type ScalarShape,
  type ScalarType,
  UNTYPED,
} from "./merge-node.js";
import { OBJECT_META_SCHEMA } from "./object-meta-schema.js";

/** The schema of whole objects of one version, made ready for merging by {@link compileMergeSchema}. */
export interface MergeSchema {
  /** For this package alone. */
  readonly root: MergeNode;
}

/** Schemas are shared between kinds; `inPreserved` is whether something above preserves unknown fields. */
const compiled = {
  preserved: new WeakMap<StructuralSchema, MergeNode>(),
  pruned: new WeakMap<StructuralSchema, MergeNode>(),
};

/** Upstream knows text from formatted strings, which may be written as numbers too. */
function scalarType(schema: StructuralSchema): ScalarType {
  if (schema.type === "integer" || schema.type === "number") return "numeric";
  if (schema.type === "boolean") return "boolean";
  return [undefined, "", "byte"].includes(schema.format) ? "string" : "untyped";
}

function compileScalar(type: ScalarType): MergeNode {
  const scalar: ScalarShape = { kind: "scalar", type };
  return { scalar, list: undefined, map: undefined, primary: scalar };
}

function listKeys(schema: StructuralSchema): ListKey[] {
  if (schema["x-kubernetes-list-type"] !== "map") return [];
  const properties = schema.items?.properties ?? {};
  return (schema["x-kubernetes-list-map-keys"] ?? []).map((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return { name, missing: property?.default ?? undefined };
  });
}

function compileList(schema: StructuralSchema, preserved: boolean): ListShape {
  return {
    kind: "list",
    atomic: (schema["x-kubernetes-list-type"] ?? "atomic") === "atomic",
    keys: listKeys(schema),
    items: schema.items === undefined ? UNTYPED : compileNode(schema.items, preserved),
  };
}

function compileRest(schema: StructuralSchema, preserved: boolean, declared: number): MergeNode | undefined {
  const { additionalProperties } = schema;
  if (additionalProperties === undefined) return preserved || declared === 0 ? DEDUCED : undefined;
  if (typeof additionalProperties === "object") return compileNode(additionalProperties, preserved);
  return additionalProperties ? DEDUCED : undefined;
}

function metadataField(name: string, node: MergeNode): [string, MergeField] {
  return [name, { step: fieldStep(name), node }];
}

/** What every object has, and those inside others that are whole objects. */
function typeAndObjectMeta(): [string, MergeField][] {
  const string = compileScalar("string");
  return [
    metadataField("apiVersion", string),
    metadataField("kind", string),
    metadataField("metadata", compileNode(OBJECT_META_SCHEMA, false)),
  ];
}

function compileMap(schema: StructuralSchema, preserved: boolean, isObject: boolean): MapShape {
  const fields = new Map<string, MergeField>();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    fields.set(name, { step: fieldStep(name), node: compileNode(property, preserved) });
  }
  if (isObject) for (const [name, field] of typeAndObjectMeta()) fields.set(name, field);
  const rest = compileRest(schema, preserved, fields.size);
  return {
    kind: "map",
    atomic: schema["x-kubernetes-map-type"] === "atomic",
    fields,
    rest,
    untyped: fields.size === 0 && (rest === DEDUCED || (rest !== UNTYPED && rest?.scalar?.type === "untyped")),
  };
}

function compileAfresh(schema: StructuralSchema, preserved: boolean, isObject: boolean): MergeNode {
  // Upstream's converter knows these by their name.
  if (schema.form === "json") return UNTYPED;
  switch (schema.type) {
    case "object": {
      const map = compileMap(schema, preserved, isObject);
      return { scalar: undefined, list: undefined, map, primary: map };
    }
    case "array": {
      const list = compileList(schema, preserved);
      return { scalar: undefined, list, map: undefined, primary: list };
    }
    case undefined: {
      const map = compileMap(schema, preserved, isObject);
      return { scalar: { kind: "scalar", type: "untyped" }, list: compileList(schema, preserved), map, primary: map };
    }
    default:
      return compileScalar(scalarType(schema));
  }
}

function compileNode(schema: StructuralSchema, inPreserved: boolean): MergeNode {
  const known = compiled[inPreserved ? "preserved" : "pruned"];
  const before = known.get(schema);
  if (before !== undefined) return before;
  // As upstream reads an OpenAPI schema: what preserves unknown fields does so for all that is declared below it, too.
  const preserved = inPreserved || schema["x-kubernetes-preserve-unknown-fields"] === true;
  const node = compileAfresh(schema, preserved, schema["x-kubernetes-embedded-resource"] === true);
  known.set(schema, node);
  return node;
}

/**
 * Makes the schema of whole objects ready for merging, as upstream's type converter reads it from OpenAPI. `apiVersion`,
 * `kind` and `metadata` are added, here and to embedded resources.
 */
export function compileMergeSchema(schema: StructuralSchema): MergeSchema {
  const preserved = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const map = compileMap(schema, preserved, true);
  return { root: { scalar: undefined, list: undefined, map, primary: map } };
}
