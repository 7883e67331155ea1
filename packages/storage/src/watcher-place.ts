import type { CacheEvent } from "./cache-event.js";
import type { SelectorAttribute, SelectorCondition } from "./object-selector.js";
import type { WatchLane } from "./resource-store.js";
import type { LanePlace, Watcher } from "./watcher.js";

/** The watchers that ask for values of one attribute, by value; those that ask for any value apart. */
interface AttributePlace {
  readonly attribute: SelectorAttribute;
  readonly byValue: Map<string, Set<Watcher>>;
  readonly any: Set<Watcher>;
}

/** The watchers of one scope: those told one by one, those that events find by a label or field, and lanes. */
export class WatcherPlace {
  readonly #single = new Set<Watcher>();
  readonly #byAttribute = new Map<string, AttributePlace>();
  readonly #lanes = new Map<WatchLane, LanePlace>();

  get empty(): boolean {
    return this.#single.size === 0 && this.#byAttribute.size === 0 && this.#lanes.size === 0;
  }

  /** `alone`: it has seen more than its lane, and so is told one by one. */
  add(watcher: Watcher, alone: boolean): void {
    const { lane, predicate } = watcher.options;
    const { condition } = watcher;
    if (condition !== undefined) this.#addByAttribute(watcher, condition);
    else if (alone || lane === undefined || predicate !== undefined) this.#single.add(watcher);
    else this.#addToLane(watcher, lane);
  }

  remove(watcher: Watcher): boolean {
    const { place } = watcher;
    if (place === undefined) return this.#single.delete(watcher) || this.#removeByAttribute(watcher);
    if (!place.members.delete(watcher)) return false;
    watcher.place = undefined;
    watcher.options.onLane?.(false);
    if (place.members.size === 0) this.#lanes.delete(place.lane);
    return true;
  }

  /** Calls `visit` with all watchers that an event may concern, each once, and `fanOut` with the lanes. */
  visit(event: CacheEvent, visit: (watcher: Watcher) => void, fanOut: (place: LanePlace) => void): void {
    for (const watcher of this.#single) visit(watcher);
    for (const place of this.#byAttribute.values()) visitByAttribute(place, event, visit);
    for (const lane of this.#lanes.values()) fanOut(lane);
  }

  *[Symbol.iterator](): IterableIterator<Watcher> {
    yield* this.#single;
    for (const { byValue, any } of this.#byAttribute.values()) {
      // One that asks for several values stands with each.
      yield* new Set([any, ...byValue.values()].flatMap((watchers) => [...watchers]));
    }
    for (const { members } of this.#lanes.values()) yield* members;
  }

  #addToLane(watcher: Watcher, lane: WatchLane): void {
    let place = this.#lanes.get(lane);
    if (place === undefined) {
      place = { lane, members: new Set(), told: 0 };
      this.#lanes.set(lane, place);
    }
    place.members.add(watcher);
    watcher.place = place;
    watcher.options.onLane?.(true);
  }

  #addByAttribute(watcher: Watcher, { attribute, values }: SelectorCondition): void {
    let place = this.#byAttribute.get(attribute.id);
    if (place === undefined) {
      place = { attribute, byValue: new Map(), any: new Set() };
      this.#byAttribute.set(attribute.id, place);
    }
    if (values === undefined) place.any.add(watcher);
    for (const value of values ?? []) {
      const watchers = place.byValue.get(value) ?? new Set();
      place.byValue.set(value, watchers.add(watcher));
    }
  }

  #removeByAttribute(watcher: Watcher): boolean {
    const { condition } = watcher;
    const place = condition && this.#byAttribute.get(condition.attribute.id);
    if (place === undefined) return false;
    let known = place.any.delete(watcher);
    for (const value of condition?.values ?? []) {
      const watchers = place.byValue.get(value);
      if (watchers?.delete(watcher) !== true) continue;
      known = true;
      if (watchers.size === 0) place.byValue.delete(value);
    }
    if (place.any.size === 0 && place.byValue.size === 0) this.#byAttribute.delete(place.attribute.id);
    return known;
  }
}

function visitByAttribute(place: AttributePlace, event: CacheEvent, visit: (watcher: Watcher) => void): void {
  const { attribute, byValue, any } = place;
  let was: string | undefined;
  let is: string | undefined;
  try {
    ({ was, is } = event.changeOf(attribute));
  } catch {
    // The predicate of each will meet the same, and end that watch alone.
    for (const watcher of new Set([...byValue.values()].flatMap((watchers) => [...watchers]))) visit(watcher);
    for (const watcher of any) visit(watcher);
    return;
  }
  const before = was === undefined ? undefined : byValue.get(was);
  for (const watcher of before ?? []) visit(watcher);
  const after = is === undefined || is === was ? undefined : byValue.get(is);
  for (const watcher of after ?? []) if (before?.has(watcher) !== true) visit(watcher);
  if (was !== undefined || is !== undefined) for (const watcher of any) visit(watcher);
}
