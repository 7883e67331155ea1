import type { JsonValue } from "@quarterdeck/meta";
import { type ItemIdentity, identityOf } from "../schema/list-item.js";
import type { ListShape, MergeNode } from "../schema/merge-node.js";

type MergeValues = (node: MergeNode, live: JsonValue, config: JsonValue) => JsonValue;

interface Item {
  readonly identity: ItemIdentity;
  readonly value: JsonValue;
}

/** The items that can be told apart, in their order. */
function itemsOf(list: ListShape, values: readonly JsonValue[]): Item[] {
  const items: Item[] = [];
  for (const value of values) {
    const identity = identityOf(list, value);
    if (identity !== undefined) items.push({ identity, value });
  }
  return items;
}

/** Items by identity. Those that the live list has several times are null: they do not merge, they are replaced. */
function byIdentity(items: readonly Item[]): Map<ItemIdentity, JsonValue> {
  const found = new Map<ItemIdentity, JsonValue>();
  for (const { identity, value } of items) found.set(identity, found.has(identity) ? null : value);
  return found;
}

/** One merge of two lists: which item comes next is upstream's order, step by step. */
class ListMerge {
  readonly #live: readonly Item[];
  readonly #config: readonly Item[];
  readonly #liveItems: ReadonlyMap<ItemIdentity, JsonValue>;
  readonly #configItems: ReadonlyMap<ItemIdentity, JsonValue>;
  /** What both have, in the order of the configuration. */
  readonly #shared: readonly ItemIdentity[];
  readonly #taken = new Set<ItemIdentity>();
  readonly #merged: JsonValue[] = [];
  #nextShared = 0;
  #atLive = 0;
  #atConfig = 0;

  constructor(
    readonly list: ListShape,
    live: readonly JsonValue[],
    config: readonly JsonValue[],
    readonly mergeValues: MergeValues,
  ) {
    this.#live = itemsOf(list, live);
    this.#config = itemsOf(list, config);
    this.#liveItems = byIdentity(this.#live);
    this.#configItems = byIdentity(this.#config);
    this.#shared = this.#config.map(({ identity }) => identity).filter((identity) => this.#liveItems.has(identity));
  }

  run(): JsonValue[] {
    while (this.#step());
    return this.#merged;
  }

  #step(): boolean {
    const live = this.#live[this.#atLive];
    const config = this.#config[this.#atConfig];
    if (live === undefined && config === undefined) return false;
    if (live !== undefined && config !== undefined && this.#meet(live, config)) return true;
    if (live !== undefined && this.#pass(live)) return true;
    if (config !== undefined) {
      this.#take(config);
      if (this.#shared[this.#nextShared] === config.identity) this.#nextShared++;
    }
    return true;
  }

  /** Both lists have an item here. */
  #meet(live: Item, config: Item): boolean {
    if (live.identity === config.identity) {
      this.#take(config);
      this.#atLive++;
      this.#nextShared++;
      return true;
    }
    const next = this.#shared[this.#nextShared];
    if (next === undefined || next === live.identity || !this.#configItems.has(live.identity)) return false;
    // Both have this item, but the configuration has another one first.
    this.#atLive++;
    return true;
  }

  /** Takes a live item that the configuration does not have; leaves out one that was taken with the configuration's. */
  #pass(live: Item): boolean {
    if (!this.#configItems.has(live.identity)) {
      this.#merged.push(live.value);
      this.#atLive++;
      return true;
    }
    if (this.#taken.has(live.identity)) this.#atLive++;
    return false;
  }

  #take(config: Item): void {
    this.#taken.add(config.identity);
    const live = this.#liveItems.get(config.identity);
    this.#merged.push(live === undefined ? config.value : this.mergeValues(this.list.items, live, config.value));
    this.#atConfig++;
  }
}

/**
 * Merges two associative lists that are not empty. Items that only one has keep their place beside their neighbours; for
 * those that both have, the order of the configuration counts.
 */
export function mergeLists(
  list: ListShape,
  live: JsonValue[],
  config: readonly JsonValue[],
  mergeValues: MergeValues,
): JsonValue[] {
  const merged = new ListMerge(list, live, config, mergeValues).run();
  const unchanged = merged.length === live.length && merged.every((item, index) => item === live[index]);
  return unchanged ? live : merged;
}
