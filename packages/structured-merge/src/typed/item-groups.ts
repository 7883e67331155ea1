import type { JsonValue } from "@quarterdeck/meta";
import { type ItemIdentity, identityOf } from "../schema/list-item.js";
import type { ListShape } from "../schema/merge-node.js";

/** The items of a list by what tells them apart, in the order of the first of each. */
export type ItemGroups = ReadonlyMap<ItemIdentity, readonly JsonValue[]>;

/** Groups items; those that cannot be told apart are left out. */
export function groupItems(list: ListShape, items: readonly JsonValue[]): ItemGroups {
  const groups = new Map<ItemIdentity, JsonValue[]>();
  for (const item of items) {
    const identity = identityOf(list, item);
    if (identity === undefined) continue;
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [item]);
    else group.push(item);
  }
  return groups;
}

/** True when both lists have the same items in the same order, none of them twice: then they are compared in pairs. */
export function identitiesInStep(list: ListShape, left: readonly JsonValue[], right: readonly JsonValue[]): boolean {
  if (left.length !== right.length) return false;
  const seen = new Set<ItemIdentity>();
  for (let index = 0; index < left.length; index++) {
    const identity = identityOf(list, left[index] ?? null);
    if (identity === undefined || identity !== identityOf(list, right[index] ?? null)) return false;
    seen.add(identity);
  }
  return seen.size === left.length;
}
