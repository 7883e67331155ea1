import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";
import { malformedDirective, unknownPatchType, wrongPatchType } from "./strategic-error.js";

const PATCH = "$patch";
const RETAIN = "$retainKeys";
const ORDER = "$setElementOrder";
const DELETE = "$deleteFromPrimitiveList";

/** What a strategic merge patch says of one list beside its new items. */
export interface ListDirectives {
  /** The items in the wanted order; for a keyed list objects with the key. */
  order?: readonly JsonValue[];
  /** Scalars to be taken out. */
  remove?: readonly JsonValue[];
}

/** What an object has of its own under a name; `constructor` and the like are names as any other. */
export function ownMember(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The `$patch` of an object, unchecked. */
export function patchDirective(object: JsonObject): JsonValue | undefined {
  return ownMember(object, PATCH);
}

/** The `$patch` of an object that is no list item: only `replace` and `delete` have a meaning, all else is 400. */
export function mapDirective(object: JsonObject): "replace" | "delete" | undefined {
  const directive = patchDirective(object);
  if (directive === undefined || directive === "replace" || directive === "delete") return directive;
  throw unknownPatchType(directive, object);
}

/** True for the members of a patch that are no data. */
export function isDirective(key: string): boolean {
  if (!key.startsWith("$")) return false;
  return key === PATCH || key === RETAIN || key.startsWith(ORDER) || key.startsWith(DELETE);
}

/** The field that `$setElementOrder/<field>` or `$deleteFromPrimitiveList/<field>` speaks of; undefined without one. */
function fieldOf(key: string, prefix: string): string | undefined {
  return key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : undefined;
}

function addOrder(lists: Map<string, ListDirectives>, key: string, order: JsonValue): void {
  const field = fieldOf(key, ORDER);
  if (field === undefined) throw malformedDirective("setElementOrder list");
  if (!Array.isArray(order)) throw wrongPatchType([], order);
  lists.set(field, { ...lists.get(field), order });
}

function addRemove(lists: Map<string, ListDirectives>, key: string, remove: JsonValue): void {
  const field = fieldOf(key, DELETE);
  if (field === undefined) throw malformedDirective("primitive list");
  // As upstream, which passes over what has another type than the list.
  if (!Array.isArray(remove)) return;
  lists.set(field, { ...lists.get(field), remove });
}

/** The list directives of a patch by the field they speak of; undefined when there are none. 400 when malformed. */
export function listDirectives(patch: JsonObject): Map<string, ListDirectives> | undefined {
  const keys = Object.keys(patch).filter((key) => key.startsWith("$"));
  if (keys.length === 0) return undefined;
  const lists = new Map<string, ListDirectives>();
  for (const key of keys) {
    if (key.startsWith(ORDER)) addOrder(lists, key, patch[key] ?? null);
    else if (key.startsWith(DELETE)) addRemove(lists, key, patch[key] ?? null);
  }
  return lists;
}

/**
 * Carries out `$retainKeys`: of `target` only the named members stay. 400 when it is no list, or the patch sets a
 * member that it does not name.
 */
export function retainKeys(target: JsonObject, patch: JsonObject): void {
  const names = ownMember(patch, RETAIN);
  if (names === undefined) return;
  if (!Array.isArray(names)) throw malformedDirective("retainKeys");
  const retained = new Set(names);
  for (const key of Object.keys(patch)) {
    if ((patch[key] ?? null) !== null && !isDirective(key) && !retained.has(key))
      throw malformedDirective("retainKeys");
  }
  for (const key of Object.keys(target)) if (!retained.has(key)) delete target[key];
}

/** A copy of what replaces a value: objects with a `$patch` are left out of lists and objects, other directives too. */
export function withoutDirectives(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter(isKept).map(withoutDirectives);
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined && !isDirective(key) && isKept(member)) setOwn(copy, key, withoutDirectives(member));
  }
  return copy;
}

function isKept(value: JsonValue): boolean {
  return !isJsonObject(value) || patchDirective(value) === undefined;
}
