import type { CacheEvent } from "./cache-event.js";
import type { WatchLane } from "./resource-store.js";
import type { LanePlace, Watcher } from "./watcher.js";

/** The watchers of one scope: those told one by one, and lanes. */
class Place {
  readonly single = new Set<Watcher>();
  readonly lanes = new Map<WatchLane, LanePlace>();

  get empty(): boolean {
    return this.single.size === 0 && this.lanes.size === 0;
  }

  add(watcher: Watcher, alone: boolean): void {
    const { lane, predicate } = watcher.options;
    if (alone || lane === undefined || predicate !== undefined) {
      this.single.add(watcher);
      return;
    }
    let place = this.lanes.get(lane);
    if (place === undefined) {
      place = { lane, members: new Set(), told: 0 };
      this.lanes.set(lane, place);
    }
    place.members.add(watcher);
    watcher.place = place;
    watcher.options.onLane?.(true);
  }

  remove(watcher: Watcher): boolean {
    const { place } = watcher;
    if (place === undefined) return this.single.delete(watcher);
    if (!place.members.delete(watcher)) return false;
    watcher.place = undefined;
    watcher.options.onLane?.(false);
    if (place.members.size === 0) this.lanes.delete(place.lane);
    return true;
  }
}

/** Watchers by what they watch, so that an event costs only those whom it may concern. */
export class WatcherIndex {
  readonly #all = new Place();
  readonly #byNamespace = new Map<string, Place>();
  readonly #byName = new Map<string, Place>();
  readonly #byKey = new Map<string, Place>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** `alone`: it has seen more than its lane, and so is told one by one. */
  add(watcher: Watcher, alone: boolean): void {
    this.#place(watcher, true)?.add(watcher, alone);
    this.#size++;
  }

  remove(watcher: Watcher): void {
    const place = this.#place(watcher, false);
    if (place?.remove(watcher) !== true) return;
    this.#size--;
    if (!place.empty) return;
    const { namespace, name } = watcher.options;
    if (name === undefined) this.#byNamespace.delete(namespace);
    else if (namespace === "") this.#byName.delete(name);
    else this.#byKey.delete(`${namespace}/${name}`);
  }

  /** Calls `visit` with all watchers that an event may concern, and `fanOut` with the lanes. */
  visit(event: CacheEvent, visit: (watcher: Watcher) => void, fanOut: (place: LanePlace) => void): void {
    const { subject } = event;
    if (this.#size === 0 || subject === undefined) return;
    const { namespace, name } = subject;
    const key = this.#byKey.size === 0 ? undefined : this.#byKey.get(`${namespace}/${name}`);
    for (const place of [this.#all, this.#byNamespace.get(namespace), this.#byName.get(name), key]) {
      if (place === undefined) continue;
      for (const watcher of place.single) visit(watcher);
      for (const lane of place.lanes.values()) fanOut(lane);
    }
  }

  *[Symbol.iterator](): IterableIterator<Watcher> {
    const scoped = [this.#byNamespace, this.#byName, this.#byKey].flatMap((map) => [...map.values()]);
    for (const { single, lanes } of [this.#all, ...scoped]) {
      yield* single;
      for (const { members } of lanes.values()) yield* members;
    }
  }

  #place(watcher: Watcher, make: boolean): Place | undefined {
    const { namespace, name } = watcher.options;
    if (name === undefined && namespace === "") return this.#all;
    const map = name === undefined ? this.#byNamespace : namespace === "" ? this.#byName : this.#byKey;
    const key = name === undefined ? namespace : namespace === "" ? name : `${namespace}/${name}`;
    const known = map.get(key);
    if (known !== undefined || !make) return known;
    const made = new Place();
    map.set(key, made);
    return made;
  }
}
