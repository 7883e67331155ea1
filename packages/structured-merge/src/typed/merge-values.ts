import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { jsonEqual } from "@quarterdeck/scheme";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type ListShape, type MapShape, type MergeNode, nodeOfKey, shapeOf } from "../schema/merge-node.js";
import { mergeLists } from "./merge-lists.js";

/** What comes of a merge. */
export interface Merged {
  /** The merged value, the live one itself when nothing changed. It shares what it can with both. */
  readonly value: JsonValue;
  /** True when the configuration has null or an empty object somewhere, and what was live there has stayed. */
  readonly keptContent: boolean;
}

function copyOf(value: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, value[key]);
  return copy;
}

function isEmpty(value: JsonObject): boolean {
  return Object.keys(value).length === 0;
}

class ValueMerge {
  keptContent = false;

  /** Merges two values; the live one is returned as it is when nothing changes, here and below. */
  readonly merge = (node: MergeNode, live: JsonValue, config: JsonValue): JsonValue => {
    if (live === config) return live;
    const shape = shapeOf(node, config);
    let merged: JsonValue | undefined;
    if (shape.kind === "list" && !shape.atomic) merged = this.#mergeLists(shape, live, config);
    if (shape.kind === "map" && !shape.atomic) merged = this.#mergeMaps(shape, live, config);
    if (merged !== undefined) return merged;
    return jsonEqual(live, config) ? live : config;
  };

  /** Merges two lists; undefined when both are empty or none. */
  #mergeLists(list: ListShape, live: JsonValue, config: JsonValue): JsonValue | undefined {
    const before = Array.isArray(live) ? live : [];
    const after = Array.isArray(config) ? config : [];
    if (after.length > 0) return before.length === 0 ? after : mergeLists(list, before, after, this.merge);
    if (before.length === 0) return undefined;
    this.keptContent = true;
    return before;
  }

  /** Merges two objects; undefined when both are empty or none. */
  #mergeMaps(map: MapShape, live: JsonValue, config: JsonValue): JsonValue | undefined {
    const before = isJsonObject(live) ? live : {};
    const after = isJsonObject(config) ? config : {};
    if (!isEmpty(after)) return this.#mergeKeys(map, before, after);
    if (isEmpty(before)) return undefined;
    this.keptContent = true;
    return before;
  }

  #mergeKeys(map: MapShape, live: JsonObject, config: JsonObject): JsonObject {
    let merged: JsonObject | undefined;
    for (const key of Object.keys(config)) {
      const applied = config[key];
      const node = nodeOfKey(map, key);
      if (applied === undefined || node === undefined) continue;
      const before = Object.hasOwn(live, key) ? live[key] : undefined;
      const after = before === undefined ? applied : this.merge(node, before, applied);
      if (after === before) continue;
      merged ??= copyOf(live);
      setOwn(merged, key, after);
    }
    return merged ?? live;
  }
}

/**
 * Merges a configuration into a live object, as upstream's `Merge`: nothing is removed, the configuration wins, and the
 * order of items is the configuration's where it has several.
 */
export function mergeObjects(schema: MergeSchema, live: JsonValue, config: JsonObject): Merged {
  const merge = new ValueMerge();
  const value = merge.merge(schema.root, live, config);
  return { value, keptContent: merge.keptContent };
}
