/** A node splits when it would hold more than this. */
const FULL = 64;
/** A node that falls below this joins its neighbour, if both fit into one that is not nearly full. */
const SPARSE = 16;
const ROOMY = 48;

/** A node of an {@link OrderedTree}; it may be changed only by the tree whose `owner` it carries. */
export interface TreeNode<T> {
  readonly owner: object;
  /** Leaf: the keys of its items; branch: a lower bound of each child's keys. */
  readonly keys: string[];
  /** How many items lie below it. */
  readonly size: number;
  /** This node, or a copy that `owner` may change. */
  editable(owner: object): TreeNode<T>;
  get(key: string): T | undefined;
  /** Sets an item; returns the right half when the node had to split. */
  set(key: string, item: T): TreeNode<T> | undefined;
  delete(key: string): void;
  /** How many keys lie before this one. */
  rank(key: string): number;
  /** Visits what lies in [low, high); false when the visitor has had enough. */
  visit(low: string, high: string, visitor: (item: T) => boolean): boolean;
  /** Takes over all that its right neighbour holds. */
  absorb(right: TreeNode<T>): void;
  /** What remains when a root has but one child. */
  shrunk(): TreeNode<T>;
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where to cut a node in two: keys that come in order leave full nodes behind. */
function cut(width: number, inserted: number): number {
  return inserted === width - 1 ? width - 1 : width >>> 1;
}

/** Items with their keys. */
export class Leaf<T> implements TreeNode<T> {
  constructor(
    readonly owner: object,
    readonly keys: string[],
    readonly items: T[],
  ) {}

  get size(): number {
    return this.keys.length;
  }

  editable(owner: object): Leaf<T> {
    return owner === this.owner ? this : new Leaf(owner, this.keys.slice(), this.items.slice());
  }

  get(key: string): T | undefined {
    const at = lowerBound(this.keys, key);
    return this.keys[at] === key ? this.items[at] : undefined;
  }

  set(key: string, item: T): Leaf<T> | undefined {
    const at = lowerBound(this.keys, key);
    if (this.keys[at] === key) {
      this.items[at] = item;
      return undefined;
    }
    this.keys.splice(at, 0, key);
    this.items.splice(at, 0, item);
    if (this.keys.length <= FULL) return undefined;
    const half = cut(this.keys.length, at);
    return new Leaf(this.owner, this.keys.splice(half), this.items.splice(half));
  }

  delete(key: string): void {
    const at = lowerBound(this.keys, key);
    if (this.keys[at] !== key) return;
    this.keys.splice(at, 1);
    this.items.splice(at, 1);
  }

  rank(key: string): number {
    return lowerBound(this.keys, key);
  }

  visit(low: string, high: string, visitor: (item: T) => boolean): boolean {
    const { keys, items } = this;
    const start = (keys[0] ?? "") >= low ? 0 : lowerBound(keys, low);
    const end = (keys.at(-1) ?? "") < high ? keys.length : lowerBound(keys, high);
    for (let at = start; at < end; at++) {
      const item = items[at];
      if (item !== undefined && !visitor(item)) return false;
    }
    return true;
  }

  absorb(right: TreeNode<T>): void {
    if (!(right instanceof Leaf)) return;
    this.keys.push(...right.keys);
    this.items.push(...right.items);
  }

  shrunk(): TreeNode<T> {
    return this;
  }
}

/** Children in order. */
export class Branch<T> implements TreeNode<T> {
  size = 0;

  constructor(
    readonly owner: object,
    readonly keys: string[],
    readonly children: TreeNode<T>[],
  ) {
    for (const child of children) this.size += child.size;
  }

  editable(owner: object): Branch<T> {
    return owner === this.owner ? this : new Branch(owner, this.keys.slice(), this.children.slice());
  }

  get(key: string): T | undefined {
    return this.children[this.#childOf(key)]?.get(key);
  }

  set(key: string, item: T): Branch<T> | undefined {
    const at = this.#childOf(key);
    const child = this.#open(at);
    if (child === undefined) return undefined;
    const before = child.size;
    const split = child.set(key, item);
    this.size += child.size - before;
    if (split === undefined) return undefined;
    this.size += split.size;
    this.keys.splice(at + 1, 0, split.keys[0] ?? key);
    this.children.splice(at + 1, 0, split);
    if (this.keys.length <= FULL) return undefined;
    const half = cut(this.keys.length, at + 1);
    const right = new Branch(this.owner, this.keys.splice(half), this.children.splice(half));
    this.size -= right.size;
    return right;
  }

  delete(key: string): void {
    const at = this.#childOf(key);
    const child = this.#open(at);
    if (child === undefined) return;
    const before = child.size;
    child.delete(key);
    this.size += child.size - before;
    if (child.keys.length < SPARSE) this.#join(at > 0 ? at - 1 : at);
  }

  rank(key: string): number {
    const at = this.#childOf(key);
    let rank = this.children[at]?.rank(key) ?? 0;
    for (let before = 0; before < at; before++) rank += this.children[before]?.size ?? 0;
    return rank;
  }

  visit(low: string, high: string, visitor: (item: T) => boolean): boolean {
    for (let at = this.#childOf(low); at < this.children.length; at++) {
      if (at > 0 && (this.keys[at] ?? "") >= high) break;
      if (this.children[at]?.visit(low, high, visitor) === false) return false;
    }
    return true;
  }

  absorb(right: TreeNode<T>): void {
    if (!(right instanceof Branch)) return;
    this.keys.push(...right.keys);
    this.children.push(...right.children);
    this.size += right.size;
  }

  shrunk(): TreeNode<T> {
    const [only] = this.children;
    return this.children.length === 1 && only !== undefined ? only.shrunk() : this;
  }

  /** The last child whose lower bound is not above the key. */
  #childOf(key: string): number {
    let low = 1;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] ?? "") <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #open(at: number): TreeNode<T> | undefined {
    const child = this.children[at]?.editable(this.owner);
    if (child !== undefined) this.children[at] = child;
    return child;
  }

  /** Makes one of two neighbours when there is room. */
  #join(at: number): void {
    const left = this.#open(at);
    const right = this.children[at + 1];
    if (left === undefined || right === undefined || left.keys.length + right.keys.length > ROOMY) return;
    left.absorb(right);
    this.keys.splice(at + 1, 1);
    this.children.splice(at + 1, 1);
  }
}
