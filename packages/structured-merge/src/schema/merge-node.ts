import type { JsonValue } from "@quarterdeck/meta";
import { fieldStep, type Step } from "../path/step.js";

/** The type of a scalar: `untyped` takes any. */
export type ScalarType = "numeric" | "string" | "boolean" | "untyped";

export interface ScalarShape {
  readonly kind: "scalar";
  readonly type: ScalarType;
}

/** One of the keys that tell the items of a list apart, with the value of items that lack it. */
export interface ListKey {
  readonly name: string;
  readonly missing: JsonValue | undefined;
}

export interface ListShape {
  readonly kind: "list";
  /** The list is owned as a whole; otherwise its items are told apart by `keys`, or by their value without keys. */
  readonly atomic: boolean;
  readonly keys: readonly ListKey[];
  readonly items: MergeNode;
}

/** A declared field of an object. */
export interface MergeField {
  readonly step: Step;
  readonly node: MergeNode;
}

export interface MapShape {
  readonly kind: "map";
  /** The object is owned as a whole. */
  readonly atomic: boolean;
  readonly fields: ReadonlyMap<string, MergeField>;
  /** The schema of all other keys; undefined where there are none. */
  readonly rest: MergeNode | undefined;
  /** Nothing is declared and anything allowed: upstream does not look into what was owned here before. */
  readonly untyped: boolean;
}

export type Shape = ScalarShape | ListShape | MapShape;

/** One place of a schema: the shapes that a value may have there, as upstream's `schema.Atom`. */
export interface MergeNode {
  readonly scalar: ScalarShape | undefined;
  readonly list: ListShape | undefined;
  readonly map: MapShape | undefined;
  /** How a value is looked at that has none of these shapes, null for one. */
  readonly primary: Shape;
}

const NO_FIELDS: ReadonlyMap<string, MergeField> = new Map();
const UNTYPED_SCALAR: ScalarShape = { kind: "scalar", type: "untyped" };

function anything(granular: boolean): MergeNode {
  const map: MapShape = {
    kind: "map",
    atomic: !granular,
    fields: NO_FIELDS,
    untyped: granular,
    get rest() {
      return granular ? DEDUCED : UNTYPED;
    },
  };
  const list: ListShape = {
    kind: "list",
    atomic: true,
    keys: [],
    get items() {
      return UNTYPED;
    },
  };
  return { scalar: UNTYPED_SCALAR, list, map, primary: map };
}

/** Anything, owned as a whole: what upstream calls `__untyped_atomic_`. */
export const UNTYPED: MergeNode = anything(false);

/** Anything, where maps are granular and lists atomic: what upstream calls `__untyped_deduced_`. */
export const DEDUCED: MergeNode = anything(true);

/** The shape by which a value is looked at. */
export function shapeOf(node: MergeNode, value: JsonValue): Shape {
  if (value === null) return node.primary;
  if (typeof value !== "object") return node.scalar ?? node.primary;
  return (Array.isArray(value) ? node.list : node.map) ?? node.primary;
}

/** The schema of a key; undefined where the key may not be. */
export function nodeOfKey(map: MapShape, key: string): MergeNode | undefined {
  return map.fields.get(key)?.node ?? map.rest;
}

/** The step to a key. */
export function stepOfKey(map: MapShape, key: string): Step {
  return map.fields.get(key)?.step ?? fieldStep(key);
}
