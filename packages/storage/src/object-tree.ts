import sorted from "sorted-btree";
import type { CachedObject } from "./cached-object.js";

type Tree = import("sorted-btree").default<string, CachedObject>;

// Loaders disagree about the default export of a CommonJS module: Node gives the namespace, bundlers the class.
const BTree = typeof sorted === "function" ? sorted : sorted.default;
const NOT_ASCII = /[^\0-\x7f]/;
const STOP = { break: true };

function compare(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}

/** A text whose code units order as the UTF-8 bytes of the key do. */
function ordered(key: string): string {
  return NOT_ASCII.test(key) ? Buffer.from(key).toString("latin1") : key;
}

/** The first key behind all keys with this prefix, which ends with a slash. */
function behind(prefix: string): string {
  return `${ordered(prefix.slice(0, -1))}0`;
}

/** States by key in UTF-8 order. A clone costs nothing until one of the two is written to. */
export class ObjectTree {
  readonly #tree: Tree;

  constructor(tree: Tree = new BTree<string, CachedObject>(undefined, compare)) {
    this.#tree = tree;
  }

  /** Makes a tree of states that come in key order. */
  static of(objects: readonly CachedObject[]): ObjectTree {
    const tree = new ObjectTree();
    for (const object of objects) tree.set(object);
    return tree;
  }

  get size(): number {
    return this.#tree.size;
  }

  clone(): ObjectTree {
    return new ObjectTree(this.#tree.clone());
  }

  get(key: string): CachedObject | undefined {
    return this.#tree.get(ordered(key));
  }

  set(object: CachedObject): void {
    this.#tree.set(ordered(object.key), object);
  }

  delete(key: string): void {
    this.#tree.delete(ordered(key));
  }

  /** Visits the states of a scope behind the key `after` in order, until `visit` returns false. */
  walk(scope: string, after: string | undefined, visit: (object: CachedObject) => boolean): void {
    // The library takes a `break` from any visitor though its declaration leaves it out.
    const visitor: (key: string, object: CachedObject) => unknown = (_, object) => (visit(object) ? undefined : STOP);
    this.#tree.forRange(this.#low(scope, after), behind(scope), false, visitor);
  }

  /** All states of a scope in order. */
  list(scope: string): CachedObject[] {
    const objects: CachedObject[] = [];
    this.#tree.forRange(ordered(scope), behind(scope), false, (_, object) => {
      objects.push(object);
    });
    return objects;
  }

  /** How many states a scope has behind the key `after`. */
  count(scope: string, after: string | undefined): number {
    return this.#tree.forRange(this.#low(scope, after), behind(scope), false);
  }

  #low(scope: string, after: string | undefined): string {
    return after === undefined ? ordered(scope) : `${ordered(after)}\0`;
  }
}
