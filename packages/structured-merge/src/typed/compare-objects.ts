import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { jsonEqual } from "@quarterdeck/scheme";
import { FieldSet } from "../field-set/field-set.js";
import { EMPTY_TREE, type Entry, sortEntries, type Tree } from "../field-set/tree.js";
import type { Step } from "../path/step.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { stepOfItem } from "../schema/list-item.js";
import {
  type ListShape,
  type MapShape,
  type MergeNode,
  nodeOfKey,
  type Shape,
  shapeOf,
  stepOfKey,
} from "../schema/merge-node.js";
import { groupItems, type ItemGroups, identitiesInStep } from "./item-groups.js";
import { wholeOf } from "./whole-of.js";

/** How one object differs from another: no field is in two of the sets, and all three are empty for equal objects. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** What was found at one depth: the value itself modified, and entries for what lies below it. */
class Findings {
  modified = false;
  readonly below = { added: NOTHING, modified: NOTHING, removed: NOTHING };

  add(kind: Kind, entry: Entry): void {
    const entries = this.below[kind];
    if (entries === NOTHING) this.below[kind] = [entry];
    else entries.push(entry);
  }

  get isEmpty(): boolean {
    const { added, modified, removed } = this.below;
    return !this.modified && added === NOTHING && modified === NOTHING && removed === NOTHING;
  }

  /** The entries found, sorted, which are forgotten here. */
  take(kind: Kind): Tree {
    const entries = this.below[kind];
    this.below[kind] = NOTHING;
    return entries === NOTHING ? EMPTY_TREE : sortEntries(entries);
  }
}

type Kind = "added" | "modified" | "removed";

const KINDS: readonly Kind[] = ["added", "modified", "removed"];

/** Stands for no entries, so that comparing what is equal makes no arrays. */
const NOTHING: Entry[] = [];

function listOf(value: JsonValue): readonly JsonValue[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

function mapOf(value: JsonValue): JsonObject | undefined {
  return isJsonObject(value) && Object.keys(value).length > 0 ? value : undefined;
}

const NO_ITEMS: readonly JsonValue[] = [];
const NO_KEYS: JsonObject = {};

/** One comparison. Findings are kept by depth and used again by siblings: what is equal leaves nothing behind. */
class Comparing {
  readonly #findings: Findings[] = [];

  at(depth: number): Findings {
    const known = this.#findings[depth];
    if (known !== undefined) return known;
    const fresh = new Findings();
    this.#findings[depth] = fresh;
    return fresh;
  }

  /** Leaves what differs in the findings of `depth`. */
  compare(node: MergeNode, left: JsonValue, right: JsonValue, depth: number): void {
    if (left === right) return;
    const before = shapeOf(node, left);
    const after = shapeOf(node, right);
    this.#compareAs(before, left, right, depth);
    // A value that has changed its kind is looked at both ways.
    if (after !== before) this.#compareAs(after, left, right, depth);
  }

  #compareAs(shape: Shape, left: JsonValue, right: JsonValue, depth: number): void {
    if (shape.kind === "list" && !shape.atomic) {
      const before = listOf(left);
      const after = listOf(right);
      if (before !== undefined || after !== undefined) {
        this.#compareLists(shape, before ?? NO_ITEMS, after ?? NO_ITEMS, depth);
        return;
      }
    }
    if (shape.kind === "map" && !shape.atomic) {
      const before = mapOf(left);
      const after = mapOf(right);
      if (before !== undefined || after !== undefined) {
        this.#compareMaps(shape, before ?? NO_KEYS, after ?? NO_KEYS, depth);
        return;
      }
    }
    if (!jsonEqual(left, right)) this.at(depth).modified = true;
  }

  #compareMaps(map: MapShape, left: JsonObject, right: JsonObject, depth: number): void {
    const here = this.at(depth);
    for (const key of Object.keys(left)) {
      const before = left[key];
      const after = Object.hasOwn(right, key) ? right[key] : undefined;
      if (before === after || before === undefined) continue;
      const node = nodeOfKey(map, key);
      if (node === undefined) continue;
      if (after === undefined) here.add("removed", wholeOf(stepOfKey(map, key), node, before));
      else {
        this.compare(node, before, after, depth + 1);
        if (!this.at(depth + 1).isEmpty) this.#collect(depth, stepOfKey(map, key));
      }
    }
    this.#addKeys(map, left, right, here);
  }

  #addKeys(map: MapShape, left: JsonObject, right: JsonObject, here: Findings): void {
    for (const key of Object.keys(right)) {
      const after = right[key];
      if (after === undefined || (Object.hasOwn(left, key) && left[key] !== undefined)) continue;
      const node = nodeOfKey(map, key);
      if (node !== undefined) here.add("added", wholeOf(stepOfKey(map, key), node, after));
    }
  }

  #compareItems(list: ListShape, left: JsonValue, right: JsonValue, depth: number): void {
    this.compare(list.items, left, right, depth + 1);
    if (!this.at(depth + 1).isEmpty) this.#collect(depth, stepOfItem(list, left));
  }

  #compareLists(list: ListShape, left: readonly JsonValue[], right: readonly JsonValue[], depth: number): void {
    if (identitiesInStep(list, left, right)) {
      for (let index = 0; index < left.length; index++) {
        this.#compareItems(list, left[index] ?? null, right[index] ?? null, depth);
      }
      return;
    }
    const before = groupItems(list, left);
    const after = groupItems(list, right);
    for (const [identity, items] of before) this.#compareGroups(list, items, after.get(identity) ?? NO_ITEMS, depth);
    this.#addGroups(list, before, after, depth);
  }

  #addGroups(list: ListShape, before: ItemGroups, after: ItemGroups, depth: number): void {
    for (const [identity, items] of after) {
      const [item] = items;
      if (before.has(identity) || item === undefined) continue;
      const step = stepOfItem(list, item);
      const entry = items.length > 1 ? { step, member: true, child: undefined } : wholeOf(step, list.items, item);
      this.at(depth).add("added", entry);
    }
  }

  /** Items of one identity, which is in the list before; several of one identity are owned as one. */
  #compareGroups(list: ListShape, left: readonly JsonValue[], right: readonly JsonValue[], depth: number): void {
    const [before = null] = left;
    const [after] = right;
    if (left.length === 1 && right.length === 1 && after !== undefined) {
      this.#compareItems(list, before, after, depth);
      return;
    }
    const step = stepOfItem(list, before);
    const itself: Entry = { step, member: true, child: undefined };
    const here = this.at(depth);
    if (left.length > 1 && right.length > 1) {
      if (!jsonEqual([...left], [...right])) here.add("modified", itself);
      return;
    }
    here.add("removed", left.length > 1 ? itself : wholeOf(step, list.items, before));
    if (after !== undefined) here.add("added", right.length > 1 ? itself : wholeOf(step, list.items, after));
  }

  /** Moves what was found one step below to the findings here. */
  #collect(depth: number, step: Step): void {
    const here = this.at(depth);
    const found = this.at(depth + 1);
    for (const kind of KINDS) {
      const below = found.take(kind);
      const member = kind === "modified" && found.modified;
      if (member || below.length > 0) here.add(kind, { step, member, child: below.length === 0 ? undefined : below });
    }
    found.modified = false;
  }
}

const SAME: Comparison = { added: FieldSet.EMPTY, modified: FieldSet.EMPTY, removed: FieldSet.EMPTY };

/**
 * Compares two objects of one version, as upstream's `Compare`. Sub-trees that both share cost nothing; fields that the
 * schema does not know are left out.
 */
export function compareObjects(schema: MergeSchema, old: JsonObject, next: JsonObject): Comparison {
  const comparing = new Comparing();
  comparing.compare(schema.root, old, next, 0);
  const found = comparing.at(0);
  if (found.isEmpty) return SAME;
  return {
    added: FieldSet.ofTree(found.take("added")),
    modified: FieldSet.ofTree(found.take("modified")),
    removed: FieldSet.ofTree(found.take("removed")),
  };
}
