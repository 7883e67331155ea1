import { EMPTY_TREE, type Tree } from "../field-set/tree.js";
import { differenceOf, intersectionOf, isWithin, unionOf } from "../field-set/tree-algebra.js";
import type { Manager, Managers } from "./managers.js";
import type { VersionedObject } from "./versioned-object.js";

/** What all managers own, by version. */
function ownedByVersion(managers: Managers): Map<string, Tree> {
  const owned = new Map<string, Tree>();
  for (const { apiVersion, fields } of managers.values()) {
    owned.set(apiVersion, unionOf(owned.get(apiVersion) ?? EMPTY_TREE, fields.tree));
  }
  return owned;
}

/** Takes from the merged object what was pruned and nobody owns in a version. */
function pruneUnowned(merged: VersionedObject, pruned: VersionedObject, owned: Tree): VersionedObject {
  const kept = unionOf(pruned.fields, merged.named(owned));
  return merged.without(differenceOf(merged.fields, kept));
}

function addBackOwned(merged: VersionedObject, first: VersionedObject, managers: Managers): VersionedObject {
  const { apiVersion } = merged;
  let pruned = first;
  const owned = ownedByVersion(managers);
  const here = owned.get(apiVersion);
  // The version of the pruned object comes first, so that what conversions need is back before the first conversion.
  const others = [...owned].filter(([version]) => version !== apiVersion);
  for (const [version, fields] of here === undefined ? others : [[apiVersion, here] as const, ...others]) {
    const mergedThere = merged.in(version);
    const prunedThere = pruned.in(version);
    if (mergedThere === undefined || prunedThere === undefined) continue;
    pruned = pruneUnowned(mergedThere, prunedThere, fields);
  }
  return pruned;
}

/**
 * True when a manager applies all that it applied before, so that nothing is pruned and the work of finding that out may be
 * left undone. Whatever a configuration names is owned, and so is all on the way to it: none of it goes. With versions in
 * between, conversions have their say, and where an empty object of the configuration left live content, upstream may
 * prune the object that holds it.
 */
function dropsNothing(merged: VersionedObject, managers: Managers, last: Manager, now: Manager | undefined): boolean {
  for (const { apiVersion } of managers.values()) if (apiVersion !== merged.apiVersion) return false;
  if (now === undefined || last.apiVersion !== merged.apiVersion) return false;
  return isWithin(last.fields.tree, now.fields.tree) || isWithin(last.fields.tree, merged.named(now.fields.tree));
}

/**
 * Removes what a manager applied before, does not apply now, and nobody else owns; `managers` are those after the apply. As
 * upstream: first all that was applied before goes, then what is owned comes back, then what the manager did not own.
 */
export function prune(
  merged: VersionedObject,
  managers: Managers,
  manager: string,
  last: Manager | undefined,
  keptContent: boolean,
): VersionedObject {
  if (last === undefined || last.fields.isEmpty) return merged;
  const there = merged.in(last.apiVersion);
  if (there === undefined) return merged;
  if (!keptContent && dropsNothing(merged, managers, last, managers.get(manager))) return merged;
  const before = there.named(last.fields.tree);
  const pruned = addBackOwned(there, there.without(before), managers).in(last.apiVersion) ?? there;
  const dropped = intersectionOf(differenceOf(there.fields, pruned.fields), before);
  return there.without(dropped).in(merged.apiVersion) ?? merged;
}
