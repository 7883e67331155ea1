import type { CachedObject } from "./cached-object.js";
import { OrderedTree } from "./ordered-tree.js";

const NOT_ASCII = /[^\0-\x7f]/;

/** A text whose code units order as the UTF-8 bytes of the key do. */
export function utf8Order(key: string): string {
  return NOT_ASCII.test(key) ? Buffer.from(key).toString("latin1") : key;
}

/** The order of two keys: that of their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  const one = utf8Order(a);
  const other = utf8Order(b);
  return one < other ? -1 : one === other ? 0 : 1;
}

/** The first key behind all keys with this prefix, which ends with a slash. */
function behind(prefix: string): string {
  return `${utf8Order(prefix.slice(0, -1))}0`;
}

/** States by key in UTF-8 order. A clone costs nothing until one of the two is written to. */
export class ObjectTree {
  constructor(private readonly tree = new OrderedTree<CachedObject>()) {}

  /** Makes a tree of states that come in key order. */
  static of(objects: readonly CachedObject[]): ObjectTree {
    const keys = objects.map(({ key }) => utf8Order(key));
    return new ObjectTree(OrderedTree.of(keys, objects));
  }

  get size(): number {
    return this.tree.size;
  }

  clone(): ObjectTree {
    return new ObjectTree(this.tree.clone());
  }

  get(key: string): CachedObject | undefined {
    return this.tree.get(utf8Order(key));
  }

  set(object: CachedObject): void {
    this.tree.set(utf8Order(object.key), object);
  }

  delete(key: string): void {
    this.tree.delete(utf8Order(key));
  }

  /** Visits the states of a scope behind the key `after` in order, until `visit` returns false. */
  walk(scope: string, after: string | undefined, visit: (object: CachedObject) => boolean): void {
    this.tree.visit(this.#low(scope, after), behind(scope), visit);
  }

  /** All states of a scope in order. */
  list(scope: string): CachedObject[] {
    const objects: CachedObject[] = [];
    this.tree.visit(utf8Order(scope), behind(scope), (object) => objects.push(object) > 0);
    return objects;
  }

  /** How many states a scope has behind the key `after`. */
  count(scope: string, after: string | undefined): number {
    return this.tree.count(this.#low(scope, after), behind(scope));
  }

  #low(scope: string, after: string | undefined): string {
    return after === undefined ? utf8Order(scope) : `${utf8Order(after)}\0`;
  }
}
