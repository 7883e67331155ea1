import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { isReplaced, listMerge } from "@quarterdeck/scheme";
import { copyValue } from "../json/copy-value.js";
import type { ListDirectives } from "./strategic-directive.js";
import {
  isDirective,
  listDirectives,
  mapDirective,
  ownMember,
  patchDirective,
  retainKeys,
} from "./strategic-directive.js";
import { unknownField, wrongPatchType } from "./strategic-error.js";
import { patchList, removeFromList } from "./strategic-list.js";
import { memberSchema, objectSchema } from "./strategic-schema.js";

/**
 * Applies a strategic merge patch to an object of a kind, as `strategicpatch` of upstream does: objects merge, null
 * removes, lists merge where the schema says by what. Changes `target` in place where it can and takes copies from the
 * patch, which may be applied again. Recursion is bounded by the nesting that decoding accepts. Throws 400
 * BadRequest or 500 for what is wrong with it, `PatchError` for lists that cannot be merged.
 */
export function applyStrategicMerge(target: JsonObject, patch: JsonObject, schema: StructuralSchema): JsonObject {
  return mergeObject(target, patch, objectSchema(schema));
}

function mergeObject(target: JsonObject, patch: JsonObject, schema: StructuralSchema | undefined): JsonObject {
  switch (mapDirective(patch)) {
    case "delete":
      return {};
    case "replace":
      return literally(patch);
    default:
      return mergeMembers(target, patch, schema);
  }
}

/** What takes the place of an object is data from end to end: upstream looks for no directives in it. */
function literally(patch: JsonObject): JsonObject {
  const { $patch: _, ...members } = patch;
  return copyValue(members);
}

function mergeMembers(target: JsonObject, patch: JsonObject, schema: StructuralSchema | undefined): JsonObject {
  retainKeys(target, patch);
  const lists = listDirectives(patch);
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === undefined || isDirective(key)) continue;
    const member = memberSchema(schema, key);
    const order = lists?.get(key)?.order;
    if (order !== undefined && !Array.isArray(value)) throw wrongPatchType([], value);
    if (schema?.form === "json" && isMerged(ownMember(target, key), value)) throw unknownField("RawExtension", key);
    if (value === null) delete target[key];
    else if (Array.isArray(value)) mergeList(target, key, value, order, member);
    else if (isJsonObject(value)) mergeNested(target, key, value, member);
    else setOwn(target, key, value);
  }
  if (lists !== undefined) finishLists(target, patch, lists, schema);
  return target;
}

/** What is merged needs a type; other values only take the place of what was there. */
function isMerged(held: JsonValue | undefined, patch: JsonValue): boolean {
  return (isJsonObject(held) && isJsonObject(patch)) || (Array.isArray(held) && Array.isArray(patch));
}

function mergeNested(target: JsonObject, key: string, patch: JsonObject, schema: StructuralSchema | undefined): void {
  const held = ownMember(target, key);
  if (isJsonObject(held)) setOwn(target, key, isReplaced(schema) ? literally(patch) : mergeObject(held, patch, schema));
  // Upstream does not set what has a directive and no counterpart, not even with `$patch: replace`.
  else if (patchDirective(patch) !== undefined) delete target[key];
  else setOwn(target, key, mergeMembers({}, patch, schema));
}

function mergeList(
  target: JsonObject,
  key: string,
  items: readonly JsonValue[] | undefined,
  order: readonly JsonValue[] | undefined,
  schema: StructuralSchema | undefined,
): void {
  const value = ownMember(target, key);
  const held = Array.isArray(value) ? value : undefined;
  const patched = patchList({ held, items, order, merge: listMerge(schema) }, (item, patch) =>
    mergeMembers(item, patch, schema?.items),
  );
  setOwn(target, key, patched);
}

/** What is said of lists that the patch has no items of, then what is to be taken out. */
function finishLists(
  target: JsonObject,
  patch: JsonObject,
  lists: ReadonlyMap<string, ListDirectives>,
  schema: StructuralSchema | undefined,
): void {
  for (const [key, { order, remove }] of lists) {
    const held = ownMember(target, key) ?? null;
    if (held === null) continue;
    if (order !== undefined && !Object.hasOwn(patch, key)) {
      if (!Array.isArray(held)) throw wrongPatchType([], held);
      mergeList(target, key, undefined, order, memberSchema(schema, key));
    }
    const list = ownMember(target, key);
    if (remove !== undefined && Array.isArray(list)) setOwn(target, key, removeFromList(list, remove));
  }
}
