import type { CachedObject } from "./cached-object.js";
import type { SelectorAttribute } from "./object-selector.js";
import { utf8Order } from "./object-tree.js";
import { OrderedTree } from "./ordered-tree.js";

/** Values of this length or more share an entry with others that begin alike. */
export const LONGEST_VALUE = 256;

/** Behind every entry. */
const END = "\uffff".repeat(LONGEST_VALUE + 1);

/** What all entries of a value begin with; no value's text is the beginning of another's. */
function entryOf(value: string): string {
  const text = value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value;
  return text.includes("\0") || text.includes("\u0001")
    ? `${text.replaceAll("\u0001", "\u0001\u0002").replaceAll("\0", "\u0001\u0003")}\0`
    : `${text}\0`;
}

/** The objects of a resource by the value of one label or field, and by key among those of one value. */
export class AttributeIndex {
  /** When it was last asked for, in milliseconds. */
  usedAt = 0;
  /** Set when it holds every object that has the attribute. */
  complete = false;

  constructor(
    readonly attribute: SelectorAttribute,
    /** What all keys of the resource begin with. */
    private readonly prefix: string,
    private readonly tree = new OrderedTree<CachedObject>(),
  ) {}

  /** How many objects have the attribute. */
  get size(): number {
    return this.tree.size;
  }

  clone(): AttributeIndex {
    const clone = new AttributeIndex(this.attribute, this.prefix, this.tree.clone());
    clone.complete = this.complete;
    return clone;
  }

  /** Takes a new state in place of an old one of the same key. */
  replace(previous: CachedObject | undefined, current: CachedObject | undefined): void {
    const was = previous && this.attribute.read(previous);
    const is = current && this.attribute.read(current);
    if (previous !== undefined && was !== undefined && was !== is) this.tree.delete(this.#key(was, previous));
    if (current !== undefined && is !== undefined) this.tree.set(this.#key(is, current), current);
  }

  /** Visits the objects of a scope with this value behind the key `after` in order, until `visit` returns false. */
  visit(value: string, scope: string, after: string | undefined, visit: (object: CachedObject) => boolean): void {
    const [low, high] = this.#range(value, scope, after);
    this.tree.visit(low, high, visit);
  }

  count(value: string, scope: string, after: string | undefined): number {
    return this.tree.count(...this.#range(value, scope, after));
  }

  /** All objects that have the attribute, by value. */
  visitAll(visit: (object: CachedObject) => void): void {
    this.tree.visit("", END, (object) => {
      visit(object);
      return true;
    });
  }

  #key(value: string, object: CachedObject): string {
    return entryOf(value) + this.#rest(object.key);
  }

  #range(value: string, scope: string, after: string | undefined): [string, string] {
    const entry = entryOf(value);
    const rest = this.#rest(scope);
    const low = entry + (after === undefined ? rest : `${this.#rest(after)}\0`);
    // Behind all keys of the value: no key begins with a higher code unit. Behind those of a namespace: "/" becomes "0".
    return [low, rest === "" ? `${entry}\uffff` : `${entry}${rest.slice(0, -1)}0`];
  }

  #rest(key: string): string {
    return utf8Order(key.slice(this.prefix.length));
  }
}
