import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { ListMerge } from "@quarterdeck/scheme";
import { goType } from "./go-text.js";
import { PatchError } from "./patch-error.js";
import { ownMember, patchDirective, withoutDirectives } from "./strategic-directive.js";
import {
  contradictedOrder,
  keylessItems,
  malformedDirective,
  mergedItem,
  missingMergeKey,
  mixedItems,
  unknownPatchType,
  wrongPatchType,
} from "./strategic-error.js";
import type { Identity } from "./strategic-order.js";
import { arrange, placesOf } from "./strategic-order.js";

/** Merges an item of a list; the target may be changed. */
type ItemMerge = (target: JsonObject, patch: JsonObject) => JsonObject;

const itself: Identity = (item) => item;

function keyIdentity(key: string): Identity {
  return (item) => (isJsonObject(item) ? ownMember(item, key) : undefined);
}

/** The key of an item of the patch; 400 without one. */
function keyOf(item: JsonValue, key: string): JsonValue {
  if (!isJsonObject(item)) throw wrongPatchType({}, item);
  const value = ownMember(item, key);
  if (value === undefined) throw missingMergeKey(item, key);
  return value;
}

function isPlainItem(item: JsonValue): boolean {
  return !isJsonObject(item) || patchDirective(item) === undefined;
}

/** The items of a patch of a keyed list, sorted by what they do. */
interface KeyedItems {
  readonly merged: readonly { readonly name: JsonValue; readonly item: JsonObject }[];
  /** The keys of the items with `$patch: delete`. */
  readonly removed: ReadonlySet<JsonValue | undefined>;
  /** An item with `$patch: replace` is among them: what the object has goes. */
  readonly replace: boolean;
}

function sortKeyed(patch: readonly JsonValue[], key: string): KeyedItems {
  const merged: { readonly name: JsonValue; readonly item: JsonObject }[] = [];
  const removed = new Set<JsonValue | undefined>();
  let replace = false;
  for (const item of patch) {
    if (!isJsonObject(item)) throw wrongPatchType({}, item);
    const directive = patchDirective(item);
    if (directive === undefined) merged.push({ name: keyOf(item, key), item });
    else if (directive === "delete") removed.add(keyOf(item, key));
    else if (directive === "replace") replace = true;
    else if (directive === "merge") throw mergedItem();
    else throw unknownPatchType(directive, item);
  }
  return { merged, removed, replace };
}

function mergeKeyed(
  held: readonly JsonValue[],
  patch: readonly JsonValue[],
  key: string,
  mergeItem: ItemMerge,
): JsonValue[] {
  const { merged, removed, replace } = sortKeyed(patch, key);
  if (replace) return merged.map(({ item }) => mergeItem({}, item));
  const identity = keyIdentity(key);
  const items = held.filter((item) => !removed.has(identity(item)));
  const places = placesOf(items.map(identity));
  for (const { name, item } of merged) {
    const place = places.get(name);
    const target = place === undefined ? undefined : items[place];
    if (place !== undefined && isJsonObject(target)) items[place] = mergeItem(target, item);
    else places.set(name, items.push(mergeItem({}, item)) - 1);
  }
  return items;
}

/** A list that the object has not got yet is taken as it comes: its validation says what is wrong with it. */
function takeKeyed(patch: readonly JsonValue[], mergeItem: ItemMerge): JsonValue[] {
  return patch.filter(isPlainItem).map((item) => (isJsonObject(item) ? mergeItem({}, item) : withoutDirectives(item)));
}

/** The items of both lists are all of one type, which is no list. */
function checkItems(held: readonly JsonValue[], patch: readonly JsonValue[]): void {
  const [first] = [...held, ...patch];
  if (first === undefined) return;
  if (Array.isArray(first)) throw new PatchError("lists of lists are not supported");
  const type = goType(first);
  const isOther = (item: JsonValue): boolean => goType(item) !== type;
  if (held.some(isOther) || patch.some(isOther)) throw mixedItems(held, patch);
}

function mergeValues(held: readonly JsonValue[], patch: readonly JsonValue[]): JsonValue[] {
  if (patch.some(isJsonObject)) throw keylessItems();
  return [...new Set([...held, ...patch])];
}

/** The identities in the wanted order; 400 when an item has none. */
function wantedOrder(order: readonly JsonValue[], merge: ListMerge | undefined): readonly JsonValue[] {
  if (merge?.by === "key") return order.map((item) => keyOf(item, merge.key));
  if (order.some((item) => typeof item === "object" && item !== null)) throw malformedDirective("setElementOrder list");
  return order;
}

/** Refuses a patch whose items are not among those of its own order, in that order. */
function checkOrder(
  patch: readonly JsonValue[],
  order: readonly JsonValue[],
  wanted: readonly JsonValue[],
  merge: ListMerge | undefined,
): void {
  if (order.length === 0 || patch.length === 0) return;
  const items = patch.filter(isPlainItem).map((item) => (merge?.by === "key" ? keyOf(item, merge.key) : item));
  let next = 0;
  for (const name of wanted) if (next < items.length && items[next] === name) next++;
  if (next < items.length) throw contradictedOrder(patch, order);
}

/** A list of the object and what a patch says of it. */
export interface ListPatch {
  /** Undefined when the object has none. */
  readonly held: readonly JsonValue[] | undefined;
  /** The items in the patch; undefined when it only orders. */
  readonly items: readonly JsonValue[] | undefined;
  readonly order: readonly JsonValue[] | undefined;
  /** Undefined for lists that are replaced. */
  readonly merge: ListMerge | undefined;
}

/** The list that a strategic merge patch makes. Throws `PatchError` or 400 BadRequest. Costs a sort, not a square. */
export function patchList({ held, items, order, merge }: ListPatch, mergeItem: ItemMerge): JsonValue[] {
  const identity = merge?.by === "key" ? keyIdentity(merge.key) : itself;
  const wanted = order === undefined ? undefined : wantedOrder(order, merge);
  if (order !== undefined && wanted !== undefined) checkOrder(items ?? [], order, wanted, merge);
  if (merge !== undefined && held !== undefined && items !== undefined) checkItems(held, items);
  let patched: JsonValue[];
  if (items === undefined) patched = [...(held ?? [])];
  else if (merge === undefined) patched = items.filter(isPlainItem).map(withoutDirectives);
  else if (merge.by === "value") patched = held === undefined ? [...items] : mergeValues(held, items);
  else if (held === undefined) patched = takeKeyed(items, mergeItem);
  else patched = mergeKeyed(held, items, merge.key, mergeItem);
  if (wanted !== undefined) return arrange(patched, identity, wanted, held ?? []);
  if (merge === undefined || held === undefined || items === undefined) return patched;
  return arrange(patched, identity, items.filter(isPlainItem).map(identity), held);
}

/** Carries out `$deleteFromPrimitiveList`; 500 when the lists have items of different types, 400 when they are no scalars. */
export function removeFromList(held: readonly JsonValue[], remove: readonly JsonValue[]): JsonValue[] {
  checkItems(held, remove);
  const scalar = (item: JsonValue): boolean => typeof item !== "object" || item === null;
  if (!held.every(scalar) || !remove.every(scalar)) throw malformedDirective("primitive list");
  const removed = new Set(remove);
  return held.filter((item) => !removed.has(item));
}
