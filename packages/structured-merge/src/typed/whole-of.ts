import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { type Entry, sortEntries, type Tree } from "../field-set/tree.js";
import type { Step } from "../path/step.js";
import { stepOfItem } from "../schema/list-item.js";
import { type ListShape, type MapShape, type MergeNode, nodeOfKey, shapeOf, stepOfKey } from "../schema/merge-node.js";
import { groupItems } from "./item-groups.js";

function wholeMap(map: MapShape, value: JsonObject): Entry[] {
  const entries: Entry[] = [];
  for (const key of Object.keys(value)) {
    const node = nodeOfKey(map, key);
    const content = value[key];
    if (node !== undefined && content !== undefined) entries.push(wholeOf(stepOfKey(map, key), node, content));
  }
  return entries;
}

function wholeList(list: ListShape, items: readonly JsonValue[]): Entry[] {
  const entries: Entry[] = [];
  for (const [item = null, another] of groupItems(list, items).values()) {
    const step = stepOfItem(list, item);
    entries.push(another === undefined ? wholeOf(step, list.items, item) : { step, member: true, child: undefined });
  }
  return entries;
}

function below(node: MergeNode, value: JsonValue): Tree | undefined {
  const shape = shapeOf(node, value);
  if (shape.kind === "scalar" || shape.atomic) return undefined;
  let entries: Entry[] = [];
  if (shape.kind === "list" && Array.isArray(value)) entries = wholeList(shape, value);
  if (shape.kind === "map" && isJsonObject(value)) entries = wholeMap(shape, value);
  return entries.length === 0 ? undefined : sortEntries(entries);
}

/** A value that came or went as a whole: it, and every value in it down to what is owned as one. */
export function wholeOf(step: Step, node: MergeNode, value: JsonValue): Entry {
  return { step, member: true, child: below(node, value) };
}
