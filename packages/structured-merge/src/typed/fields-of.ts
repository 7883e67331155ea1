import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { FieldSet } from "../field-set/field-set.js";
import { EMPTY_TREE, type Entry, sortEntries, type Tree } from "../field-set/tree.js";
import { fieldStep } from "../path/step.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type ItemIdentity, identityOf, stepOfItem } from "../schema/list-item.js";
import { type ListShape, type MapShape, type MergeNode, shapeOf } from "../schema/merge-node.js";

function isEmptyMap(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function fieldsOfMap(map: MapShape, value: JsonObject): Tree {
  const entries: Entry[] = [];
  for (const key of Object.keys(value)) {
    const field = map.fields.get(key);
    const node = field?.node ?? map.rest;
    const content = value[key];
    if (node === undefined || content === undefined) continue;
    const below = fieldsBelow(node, content);
    const member = below === undefined || field === undefined || content === null || isEmptyMap(content);
    const child = below === undefined || below.length === 0 ? undefined : below;
    if (member || child !== undefined) entries.push({ step: field?.step ?? fieldStep(key), member, child });
  }
  return entries.length === 0 ? EMPTY_TREE : sortEntries(entries);
}

/** The identities of items, those that occur more than once marked true. */
function countItems(list: ListShape, items: readonly JsonValue[]): Map<ItemIdentity, boolean> {
  const seen = new Map<ItemIdentity, boolean>();
  for (const item of items) {
    const identity = identityOf(list, item);
    if (identity !== undefined) seen.set(identity, seen.has(identity));
  }
  return seen;
}

function fieldsOfList(list: ListShape, items: readonly JsonValue[]): Tree {
  const entries: Entry[] = [];
  const repeated = countItems(list, items);
  for (const item of items) {
    const identity = identityOf(list, item);
    const isRepeated = identity === undefined ? undefined : repeated.get(identity);
    if (identity === undefined || isRepeated === undefined) continue;
    if (isRepeated) repeated.delete(identity);
    const below = isRepeated ? undefined : fieldsBelow(list.items, item);
    const child = below === undefined || below.length === 0 ? undefined : below;
    entries.push({ step: stepOfItem(list, item), member: true, child });
  }
  return entries.length === 0 ? EMPTY_TREE : sortEntries(entries);
}

/** The fields below a value; undefined when the value is owned as a whole. */
function fieldsBelow(node: MergeNode, value: JsonValue): Tree | undefined {
  const shape = shapeOf(node, value);
  if (shape.kind === "scalar" || shape.atomic) return undefined;
  if (shape.kind === "list") return Array.isArray(value) ? fieldsOfList(shape, value) : EMPTY_TREE;
  return isJsonObject(value) ? fieldsOfMap(shape, value) : EMPTY_TREE;
}

/** The tree of {@link fieldsOf}. */
export function treeOfFields(schema: MergeSchema, value: JsonValue): Tree {
  return fieldsBelow(schema.root, value) ?? EMPTY_TREE;
}

/**
 * The fields that a value mentions, as upstream's `ToFieldSet`: scalars, what is atomic, items of lists and maps, and what
 * is null or an empty object. Fields that the schema does not know are left out.
 */
export function fieldsOf(schema: MergeSchema, value: JsonObject): FieldSet {
  return FieldSet.ofTree(treeOfFields(schema, value));
}
