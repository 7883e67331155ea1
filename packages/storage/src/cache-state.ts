import type { AttributeIndex } from "./attribute-index.js";
import type { CachedObject } from "./cached-object.js";
import type { SelectorAttribute } from "./object-selector.js";
import { ObjectTree } from "./object-tree.js";

/** All objects of a resource at one time, and the indices over them. A clone costs nothing. */
export class CacheState {
  constructor(
    readonly objects: ObjectTree = new ObjectTree(),
    readonly indices: Map<string, AttributeIndex> = new Map(),
  ) {}

  clone(): CacheState {
    const indices = new Map<string, AttributeIndex>();
    for (const [id, index] of this.indices) if (index.complete) indices.set(id, index.clone());
    return new CacheState(this.objects.clone(), indices);
  }

  /** Takes a new state of an object in place of its previous one; one of the two is given. */
  replace(previous: CachedObject | undefined, current: CachedObject | undefined): void {
    if (current !== undefined) this.objects.set(current);
    else if (previous !== undefined) this.objects.delete(previous.key);
    for (const [id, index] of this.indices) {
      try {
        index.replace(previous, current);
      } catch {
        // A field that cannot be read cannot be looked up: lists ask each object again and tell what is wrong.
        this.indices.delete(id);
      }
    }
  }

  /** The index of an attribute, if there is one over all objects. */
  index({ id }: SelectorAttribute): AttributeIndex | undefined {
    const index = this.indices.get(id);
    return index?.complete === true ? index : undefined;
  }
}
