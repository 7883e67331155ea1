import type { JsonObject } from "@quarterdeck/meta";
import type { FieldPath } from "../path/path-element.js";
import { stepOf } from "../path/step.js";
import { readTree, writeTree } from "./fields-v1.js";
import { EMPTY_TREE, type Entry, findEntry, type Tree } from "./tree.js";
import { differenceOf, intersectionOf, leavesOf, recursiveDifferenceOf, treesEqual, unionOf } from "./tree-algebra.js";

/** Members of one place first, then what lies below each, as upstream iterates. */
function* pathsBelow(tree: Tree, prefix: FieldPath): Iterable<FieldPath> {
  for (const { step, member } of tree) if (member) yield [...prefix, step.element];
  for (const { step, child } of tree) if (child !== undefined) yield* pathsBelow(child, [...prefix, step.element]);
}

function treeOf(path: FieldPath): Tree {
  let tree: Tree | undefined;
  for (const [index, element] of [...path].reverse().entries()) {
    tree = [{ step: stepOf(element), member: index === 0, child: tree }];
  }
  return tree ?? EMPTY_TREE;
}

/** A set of field paths, as upstream's `fieldpath.Set`. It never changes; sets share what they have in common. */
export class FieldSet {
  // Made on first use: a class that makes one of itself while it is being defined does not survive every bundler.
  static #empty: FieldSet | undefined;

  /** The set without a path. */
  static get EMPTY(): FieldSet {
    FieldSet.#empty ??= new FieldSet(EMPTY_TREE);
    return FieldSet.#empty;
  }

  private constructor(
    /** The tree of the set: for this package alone. */
    readonly tree: Tree,
  ) {}

  /** The set of a tree: for this package alone. */
  static ofTree(tree: Tree): FieldSet {
    return tree.length === 0 ? FieldSet.EMPTY : new FieldSet(tree);
  }

  /** Reads the `fieldsV1` of managed fields; throws a `FieldsV1Error` for what is none. */
  static fromJson(fieldsV1: JsonObject): FieldSet {
    return FieldSet.ofTree(readTree(fieldsV1));
  }

  /** The set of these paths; a path without steps is the whole object, which nobody owns. */
  static of(...paths: FieldPath[]): FieldSet {
    return FieldSet.ofTree(paths.map(treeOf).reduce(unionOf, EMPTY_TREE));
  }

  /** The `fieldsV1` of managed fields, keys in upstream's order. */
  toJson(): JsonObject {
    return writeTree(this.tree);
  }

  get isEmpty(): boolean {
    return this.tree.length === 0;
  }

  /** True when the path itself is in the set; paths above and below it do not count. */
  has(path: FieldPath): boolean {
    let tree: Tree | undefined = this.tree;
    let member = false;
    for (const element of path) {
      const entry: Entry | undefined = tree === undefined ? undefined : findEntry(tree, stepOf(element));
      if (entry === undefined) return false;
      tree = entry.child;
      member = entry.member;
    }
    return member;
  }

  equals(other: FieldSet): boolean {
    return treesEqual(this.tree, other.tree);
  }

  /** What is in either. */
  union(other: FieldSet): FieldSet {
    return this.#with(unionOf(this.tree, other.tree));
  }

  /** What is in both. */
  intersection(other: FieldSet): FieldSet {
    return this.#with(intersectionOf(this.tree, other.tree));
  }

  /** What is here and not in the other; what lies below a member of the other stays. */
  difference(other: FieldSet): FieldSet {
    return this.#with(differenceOf(this.tree, other.tree));
  }

  /** What is here, and neither in the other nor below one of its members. */
  recursiveDifference(other: FieldSet): FieldSet {
    return this.#with(recursiveDifferenceOf(this.tree, other.tree));
  }

  /** The members that no other member lies below. */
  leaves(): FieldSet {
    return this.#with(leavesOf(this.tree));
  }

  /** The members of the set in upstream's order. */
  paths(): Iterable<FieldPath> {
    return pathsBelow(this.tree, []);
  }

  #with(tree: Tree): FieldSet {
    return tree === this.tree ? this : FieldSet.ofTree(tree);
  }
}
