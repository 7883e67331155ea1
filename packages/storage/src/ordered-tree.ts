import { Branch, Leaf, type TreeNode } from "./tree-node.js";

/** How full the nodes are that a tree is built of at once: room for the keys to come. */
const BUILT = 48;

/**
 * Items in the order of their keys (by code units), in a B+ tree whose nodes know how many items lie below them: a
 * position is found as fast as a key. A clone costs nothing: nodes are shared, and copied when one side changes them.
 */
export class OrderedTree<T> {
  #root: TreeNode<T>;
  #owner: object;

  constructor(root?: TreeNode<T>) {
    this.#owner = {};
    this.#root = root ?? new Leaf<T>(this.#owner, [], []);
  }

  /** Makes a tree in one go; keys out of order are put in place one by one. */
  static of<T>(keys: readonly string[], items: readonly T[]): OrderedTree<T> {
    const tree = new OrderedTree<T>();
    if (isAscending(keys)) tree.#root = build(tree.#owner, keys, items);
    else {
      for (const [at, item] of items.entries()) tree.set(keys[at] ?? "", item);
    }
    return tree;
  }

  get size(): number {
    return this.#root.size;
  }

  clone(): OrderedTree<T> {
    // Neither side may change the nodes that are shared now.
    this.#owner = {};
    return new OrderedTree(this.#root);
  }

  get(key: string): T | undefined {
    return this.#root.get(key);
  }

  set(key: string, item: T): void {
    const root = this.#root.editable(this.#owner);
    const right = root.set(key, item);
    this.#root = right === undefined ? root : new Branch(this.#owner, ["", right.keys[0] ?? ""], [root, right]);
  }

  delete(key: string): void {
    const root = this.#root.editable(this.#owner);
    root.delete(key);
    this.#root = root.shrunk();
  }

  /** Visits the items with keys in [low, high) in order, until the visitor returns false. */
  visit(low: string, high: string, visitor: (item: T) => boolean): void {
    this.#root.visit(low, high, visitor);
  }

  /** How many keys lie in [low, high). */
  count(low: string, high: string): number {
    return Math.max(0, this.#root.rank(high) - this.#root.rank(low));
  }
}

function isAscending(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) {
    if ((keys[at - 1] ?? "") >= (keys[at] ?? "")) return false;
  }
  return true;
}

function build<T>(owner: object, keys: readonly string[], items: readonly T[]): TreeNode<T> {
  let nodes: TreeNode<T>[] = [];
  for (let at = 0; at < keys.length; at += BUILT) {
    nodes.push(new Leaf(owner, keys.slice(at, at + BUILT), items.slice(at, at + BUILT)));
  }
  while (nodes.length > 1) {
    const above: TreeNode<T>[] = [];
    for (let at = 0; at < nodes.length; at += BUILT) {
      const children = nodes.slice(at, at + BUILT);
      above.push(
        new Branch(
          owner,
          children.map((child) => child.keys[0] ?? ""),
          children,
        ),
      );
    }
    nodes = above;
  }
  return nodes[0] ?? new Leaf<T>(owner, [], []);
}
