import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { FieldSet } from "../field-set/field-set.js";
import { EMPTY_TREE, type Entry, sortEntries, type Tree } from "../field-set/tree.js";
import { fieldStep, stepOf } from "../path/step.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type ItemIdentity, identityOf, stepOfItem } from "../schema/list-item.js";
import { type ListShape, type MapShape, type MergeNode, shapeOf } from "../schema/merge-node.js";

/** Stands for all items of a list that cannot be told apart. */
const UNKNOWN = Symbol("unknown");

/** Upstream has a step without content for these; the place in a list that none is in does as well. */
const UNKNOWN_STEP = stepOf({ index: -1 });

function isEmptyMap(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** Collects the fields of a value, with or without items that cannot be told apart. */
class FieldCollector {
  constructor(readonly withUnknown: boolean) {}

  /** The fields below a value; undefined when the value is owned as a whole. */
  below(node: MergeNode, value: JsonValue): Tree | undefined {
    const shape = shapeOf(node, value);
    if (shape.kind === "scalar" || shape.atomic) return undefined;
    if (shape.kind === "list") return Array.isArray(value) ? this.#ofList(shape, value) : EMPTY_TREE;
    return isJsonObject(value) ? this.#ofMap(shape, value) : EMPTY_TREE;
  }

  #ofMap(map: MapShape, value: JsonObject): Tree {
    const entries: Entry[] = [];
    for (const key of Object.keys(value)) {
      const field = map.fields.get(key);
      const node = field?.node ?? map.rest;
      const content = value[key];
      if (node === undefined || content === undefined) continue;
      const below = this.below(node, content);
      const member = below === undefined || field === undefined || content === null || isEmptyMap(content);
      const child = below === undefined || below.length === 0 ? undefined : below;
      if (member || child !== undefined) entries.push({ step: field?.step ?? fieldStep(key), member, child });
    }
    return entries.length === 0 ? EMPTY_TREE : sortEntries(entries);
  }

  #identity(list: ListShape, item: JsonValue): ItemIdentity | undefined {
    return identityOf(list, item) ?? (this.withUnknown ? UNKNOWN : undefined);
  }

  /** The identities of items, those that occur more than once marked true. */
  #count(list: ListShape, items: readonly JsonValue[]): Map<ItemIdentity, boolean> {
    const seen = new Map<ItemIdentity, boolean>();
    for (const item of items) {
      const identity = this.#identity(list, item);
      if (identity !== undefined) seen.set(identity, seen.has(identity));
    }
    return seen;
  }

  #ofList(list: ListShape, items: readonly JsonValue[]): Tree {
    const entries: Entry[] = [];
    const repeated = this.#count(list, items);
    for (const item of items) {
      const identity = this.#identity(list, item);
      const isRepeated = identity === undefined ? undefined : repeated.get(identity);
      if (identity === undefined || isRepeated === undefined) continue;
      if (isRepeated) repeated.delete(identity);
      const below = isRepeated ? undefined : this.below(list.items, item);
      const child = below === undefined || below.length === 0 ? undefined : below;
      entries.push({ step: identity === UNKNOWN ? UNKNOWN_STEP : stepOfItem(list, item), member: true, child });
    }
    return entries.length === 0 ? EMPTY_TREE : sortEntries(entries);
  }
}

const known = new FieldCollector(false);
const all = new FieldCollector(true);

/**
 * The tree of {@link fieldsOf} of an object that something was taken from, with a step for the items that have lost what
 * tells them apart: upstream sees that there is something left.
 */
export function treeOfRest(schema: MergeSchema, value: JsonValue): Tree {
  return all.below(schema.root, value) ?? EMPTY_TREE;
}

/**
 * The fields that a value mentions, as upstream's `ToFieldSet`: scalars, what is atomic, items of lists and maps, and what
 * is null or an empty object. Fields that the schema does not know are left out, as are items that cannot be told apart.
 */
export function fieldsOf(schema: MergeSchema, value: JsonObject): FieldSet {
  return FieldSet.ofTree(known.below(schema.root, value) ?? EMPTY_TREE);
}
