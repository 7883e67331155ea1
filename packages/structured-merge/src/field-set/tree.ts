import { compareSteps, type Step } from "../path/step.js";

/** A step that is a member of a set, or on the way to members, or both. Never changed once made. */
export interface Entry {
  readonly step: Step;
  readonly member: boolean;
  /** What lies below; undefined, never empty, when there is nothing. */
  readonly child: Tree | undefined;
}

/** The entries at one place of a set, sorted by step, no two alike. Sets share trees, so nobody changes one. */
export type Tree = readonly Entry[];

export const EMPTY_TREE: Tree = [];

/** The entry of a step, or undefined. */
export function findEntry(tree: Tree, step: Step): Entry | undefined {
  let low = 0;
  let high = tree.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = tree[middle];
    if (entry === undefined) return undefined;
    const order = compareSteps(entry.step, step);
    if (order === 0) return entry;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** An entry with what both have. */
export function joinEntries(left: Entry, right: Entry, join: (left: Tree, right: Tree) => Tree): Entry {
  const child =
    left.child === undefined || right.child === undefined ? (left.child ?? right.child) : join(left.child, right.child);
  const member = left.member || right.member;
  if (member === left.member && child === left.child) return left;
  if (member === right.member && child === right.child) return right;
  return { step: left.step, member, child };
}

function byStep(left: Entry, right: Entry): number {
  return compareSteps(left.step, right.step);
}

/** Few enough that moving them one by one costs less than a call of the engine's sort. */
const FEW = 24;

function insertInOrder(entries: Entry[], at: number, entry: Entry): void {
  let place = at;
  for (
    let before = entries[place - 1];
    before !== undefined && byStep(before, entry) > 0;
    before = entries[place - 1]
  ) {
    entries[place] = before;
    place--;
  }
  entries[place] = entry;
}

/** Sorts entries in place, those that are alike in the order they had. */
export function sortEntries(entries: Entry[]): Entry[] {
  if (entries.length > FEW) return entries.sort(byStep);
  for (let index = 1; index < entries.length; index++) {
    const entry = entries[index];
    if (entry !== undefined) insertInOrder(entries, index, entry);
  }
  return entries;
}
