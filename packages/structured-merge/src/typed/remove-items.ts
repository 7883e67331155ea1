import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { findEntry, type Tree } from "../field-set/tree.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { identityOf, stepOfItem } from "../schema/list-item.js";
import { type ListShape, type MapShape, type MergeNode, nodeOfKey, shapeOf, stepOfKey } from "../schema/merge-node.js";

function removeFromList(list: ListShape, value: JsonValue[], items: Tree): JsonValue {
  const kept: JsonValue[] = [];
  let changed = false;
  for (const item of value) {
    const entry = identityOf(list, item) === undefined ? undefined : findEntry(items, stepOfItem(list, item));
    if (entry?.member) {
      changed = true;
      continue;
    }
    const rest = entry?.child === undefined ? item : removeBelow(list.items, item, entry.child);
    if (rest !== item) changed = true;
    kept.push(rest);
  }
  if (kept.length === 0) return null;
  return changed ? kept : value;
}

function removeFromMap(map: MapShape, value: JsonObject, items: Tree): JsonValue {
  const kept: JsonObject = {};
  let changed = false;
  let isEmpty = true;
  for (const key of Object.keys(value)) {
    const content = value[key];
    const entry = findEntry(items, stepOfKey(map, key));
    if (entry?.member || content === undefined) {
      changed = true;
      continue;
    }
    const node = nodeOfKey(map, key);
    const rest = entry?.child === undefined || node === undefined ? content : removeBelow(node, content, entry.child);
    if (rest !== content) changed = true;
    setOwn(kept, key, rest);
    isEmpty = false;
  }
  if (isEmpty) return null;
  return changed ? kept : value;
}

function removeBelow(node: MergeNode, value: JsonValue, items: Tree): JsonValue {
  const shape = shapeOf(node, value);
  if (shape.kind === "scalar") return value;
  // As upstream: what is owned as a whole, or is left with nothing, becomes null rather than absent.
  if (shape.atomic) return null;
  if (shape.kind === "list") return Array.isArray(value) ? removeFromList(shape, value, items) : null;
  return isJsonObject(value) ? removeFromMap(shape, value, items) : null;
}

/** Removes fields and items from an object, as upstream's `RemoveItems`; null when nothing is left of it. */
export function removeItems(schema: MergeSchema, value: JsonValue, items: Tree): JsonValue {
  return removeBelow(schema.root, value, items);
}
