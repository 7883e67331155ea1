import { setImmediate as nextTurn } from "node:timers/promises";
import { AttributeIndex } from "./attribute-index.js";
import type { CacheState } from "./cache-state.js";
import type { CachedObject } from "./cached-object.js";
import type { ObjectSelector, SelectorAttribute } from "./object-selector.js";

/** So few objects are looked at one by one sooner than an index is kept for them. */
const FEW = 256;
/** How many objects are indexed before others get their turn. */
const SLICE = 500;
/** How many indices a resource has at most, and how long one is kept that nobody asks for. */
const MOST = 16;
const IDLE_MILLISECONDS = 10 * 60_000;

/** Makes indices when a selector first asks for them, and drops those that are not asked for any more. */
export class AttributeIndices {
  readonly #building = new Map<string, Promise<void>>();

  constructor(
    /** The present state: another one after a reload. */
    private readonly state: () => CacheState,
    private readonly prefix: string,
    private readonly clock: () => number,
  ) {}

  /** Sees to it that a selector finds its indices; undefined when it has what it needs. */
  prepare(selector: ObjectSelector | undefined): Promise<void> | undefined {
    if (selector === undefined || selector.conditions.length === 0) return undefined;
    const { objects, indices } = this.state();
    if (objects.size < FEW) return undefined;
    const now = this.clock();
    const valued = selector.conditions.filter(({ values }) => values !== undefined);
    let building: Promise<void>[] | undefined;
    for (const { attribute } of valued.length === 0 ? selector.conditions : valued) {
      const index = indices.get(attribute.id);
      if (index !== undefined) index.usedAt = now;
      if (index?.complete === true) continue;
      building ??= [];
      building.push(this.#building.get(attribute.id) ?? this.#start(attribute));
    }
    return building && Promise.all(building).then(() => undefined);
  }

  /** Drops the indices that have not been asked for of late. */
  trim(): void {
    const { indices } = this.state();
    const now = this.clock();
    for (const [id, index] of indices) {
      if (index.complete && now - index.usedAt > IDLE_MILLISECONDS) indices.delete(id);
    }
  }

  #start(attribute: SelectorAttribute): Promise<void> {
    const building = this.#build(attribute).finally(() => this.#building.delete(attribute.id));
    this.#building.set(attribute.id, building);
    return building;
  }

  async #build(attribute: SelectorAttribute): Promise<void> {
    const state = this.state();
    const { objects, indices } = state;
    this.#makeRoom(indices);
    const index = new AttributeIndex(attribute, this.prefix);
    index.usedAt = this.clock();
    // From here on it is told of changes: whatever is indexed twice is the same.
    indices.set(attribute.id, index);
    let last: CachedObject | undefined;
    for (;;) {
      const slice: CachedObject[] = [];
      objects.walk(this.prefix, last?.key, (object) => slice.push(object) < SLICE);
      try {
        for (const object of slice) index.replace(undefined, object);
      } catch {
        indices.delete(attribute.id);
      }
      // After a reload, or when a field could not be read, the objects are looked at one by one.
      if (indices.get(attribute.id) !== index || state !== this.state()) return;
      if (slice.length < SLICE) break;
      last = slice.at(-1);
      await nextTurn();
    }
    index.complete = true;
  }

  #makeRoom(indices: Map<string, AttributeIndex>): void {
    if (indices.size < MOST) return;
    const [oldest] = [...indices.values()].filter(({ complete }) => complete).sort((a, b) => a.usedAt - b.usedAt);
    if (oldest !== undefined) indices.delete(oldest.attribute.id);
  }
}
