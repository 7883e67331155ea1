import type { Place } from "../definition/place.js";
import { listMerge } from "./list-merge.js";
import type { StructuralSchema } from "./structural-schema.js";

const STRATEGIES: readonly string[] = ["merge", "replace", "retainKeys", "merge,retainKeys", "none"];

/** What a field says of strategic merge patches. */
export function checkPatchStrategy(schema: StructuralSchema, place: Place): void {
  const strategy = schema["x-kubernetes-patch-strategy"];
  const key = schema["x-kubernetes-patch-merge-key"];
  if (strategy === undefined && key === undefined) return;
  const { type = "any", items } = schema;
  if (strategy !== undefined && !STRATEGIES.includes(strategy)) {
    throw place.mistake("unknown patchStrategy", strategy, STRATEGIES);
  }
  if (type !== "array" && type !== "object")
    throw place.mistake("patchStrategy is for arrays and objects, not for", type);
  const merges = strategy === undefined || strategy.startsWith("merge");
  if (strategy !== undefined && merges && type !== "array")
    throw place.mistake("objects merge anyway; this patchStrategy is for arrays", strategy);
  if (key === undefined) {
    if (strategy !== undefined && merges && listMerge(schema) === undefined) {
      throw place.mistake("a list of objects that merges needs a patchMergeKey or one of listMapKeys", strategy);
    }
    return;
  }
  if (!merges || type !== "array") throw place.mistake("patchMergeKey is for arrays that merge", key);
  const known = Object.keys(items?.properties ?? {});
  if (!known.includes(key)) throw place.mistake("patchMergeKey names no field of the items", key, known);
}
