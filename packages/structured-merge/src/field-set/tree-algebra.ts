import { compareSteps } from "../path/step.js";
import { EMPTY_TREE, type Entry, findEntry, joinEntries, type Tree } from "./tree.js";

function same(entries: readonly Entry[], tree: Tree): boolean {
  return entries.length === tree.length && entries.every((entry, index) => entry === tree[index]);
}

/** What is in either. Trees that are equal to the result are returned as they are, here and below. */
export function unionOf(left: Tree, right: Tree): Tree {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  const result: Entry[] = [];
  let at = 0;
  for (const entry of left) {
    let other = right[at];
    let order = other === undefined ? -1 : compareSteps(entry.step, other.step);
    while (other !== undefined && order > 0) {
      result.push(other);
      other = right[++at];
      order = other === undefined ? -1 : compareSteps(entry.step, other.step);
    }
    result.push(other !== undefined && order === 0 ? joinEntries(entry, other, unionOf) : entry);
    if (order === 0) at++;
  }
  if (at < right.length) result.push(...right.slice(at));
  if (same(result, left)) return left;
  return same(result, right) ? right : result;
}

/** Finds in `right`, from `start` on, where the entry of a step is or would be. */
function seek(right: Tree, start: number, { step }: Entry): number {
  let at = start;
  for (let other = right[at]; other !== undefined && compareSteps(other.step, step) < 0; other = right[at]) at++;
  return at;
}

type Keep = (entry: Entry, beside: Entry | undefined) => Entry | undefined;

/** Walks `left`, with the entry of `right` beside each entry that has one, and keeps what `keep` says. */
function filterBeside(left: Tree, right: Tree, keep: Keep): Tree {
  let result: Entry[] | undefined;
  let at = 0;
  for (let index = 0; index < left.length; index++) {
    const entry = left[index];
    if (entry === undefined) break;
    at = seek(right, at, entry);
    const other = right[at];
    const kept = keep(entry, other?.step.text === entry.step.text ? other : undefined);
    if (kept !== entry) result ??= left.slice(0, index);
    if (kept !== undefined) result?.push(kept);
  }
  if (result === undefined) return left;
  return result.length === 0 ? EMPTY_TREE : result;
}

/** An entry with another membership and other children; the same entry when neither differs, undefined when none is left. */
function reduced(entry: Entry, member: boolean, child: Tree | undefined): Entry | undefined {
  const below = child === undefined || child.length === 0 ? undefined : child;
  if (!member && below === undefined) return undefined;
  if (member === entry.member && below === entry.child) return entry;
  return { step: entry.step, member, child: below };
}

function intersect(entry: Entry, beside: Entry | undefined): Entry | undefined {
  if (beside === undefined) return undefined;
  const child = entry.child && beside.child && intersectionOf(entry.child, beside.child);
  return reduced(entry, entry.member && beside.member, child);
}

/** What is in both. */
export function intersectionOf(left: Tree, right: Tree): Tree {
  if (left === right || left.length === 0) return left;
  return right.length === 0 ? EMPTY_TREE : filterBeside(left, right, intersect);
}

function subtract(entry: Entry, beside: Entry | undefined): Entry | undefined {
  if (beside === undefined) return entry;
  const child = entry.child && beside.child ? differenceOf(entry.child, beside.child) : entry.child;
  return reduced(entry, entry.member && !beside.member, child);
}

/** What is in `left` and not in `right`; a member of `right` takes nothing that lies below it. */
export function differenceOf(left: Tree, right: Tree): Tree {
  if (left === right) return EMPTY_TREE;
  return left.length === 0 || right.length === 0 ? left : filterBeside(left, right, subtract);
}

function subtractBelow(entry: Entry, beside: Entry | undefined): Entry | undefined {
  if (beside === undefined) return entry;
  if (beside.member) return undefined;
  const child = entry.child && beside.child ? recursiveDifferenceOf(entry.child, beside.child) : entry.child;
  return reduced(entry, entry.member, child);
}

/** What is in `left`, and neither in `right` nor below a member of `right`. */
export function recursiveDifferenceOf(left: Tree, right: Tree): Tree {
  return left.length === 0 || right.length === 0 ? left : filterBeside(left, right, subtractBelow);
}

/** The members that no other member lies below. */
export function leavesOf(tree: Tree): Tree {
  return filterBeside(tree, EMPTY_TREE, (entry) => {
    if (entry.child === undefined) return entry;
    return reduced(entry, false, leavesOf(entry.child));
  });
}

/** True when both have the same members. */
export function treesEqual(left: Tree, right: Tree): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  return left.every((entry, index) => {
    const other = right[index];
    if (entry === other) return true;
    if (other === undefined || entry.member !== other.member || entry.step.text !== other.step.text) return false;
    if (entry.child === undefined || other.child === undefined) return entry.child === other.child;
    return treesEqual(entry.child, other.child);
  });
}

/** True when all of `left` is in `right`. */
export function isWithin(left: Tree, right: Tree): boolean {
  if (left === right) return true;
  return left.every((entry) => {
    const other = findEntry(right, entry.step);
    if (other === entry) return true;
    if (other === undefined || (entry.member && !other.member)) return false;
    return entry.child === undefined || (other.child !== undefined && isWithin(entry.child, other.child));
  });
}
