import type { CacheEvent } from "./cache-event.js";
import type { LanePlace, Watcher } from "./watcher.js";
import { WatcherPlace } from "./watcher-place.js";

/** Watchers by what they watch, so that an event costs only those whom it may concern. */
export class WatcherIndex {
  readonly #all = new WatcherPlace();
  readonly #byNamespace = new Map<string, WatcherPlace>();
  readonly #byName = new Map<string, WatcherPlace>();
  readonly #byKey = new Map<string, WatcherPlace>();
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
      place?.visit(event, visit, fanOut);
    }
  }

  *[Symbol.iterator](): IterableIterator<Watcher> {
    const scoped = [this.#byNamespace, this.#byName, this.#byKey].flatMap((map) => [...map.values()]);
    for (const place of [this.#all, ...scoped]) yield* place;
  }

  #place(watcher: Watcher, make: boolean): WatcherPlace | undefined {
    const { namespace, name } = watcher.options;
    if (name === undefined && namespace === "") return this.#all;
    const map = name === undefined ? this.#byNamespace : namespace === "" ? this.#byName : this.#byKey;
    const key = name === undefined ? namespace : namespace === "" ? name : `${namespace}/${name}`;
    const known = map.get(key);
    if (known !== undefined || !make) return known;
    const made = new WatcherPlace();
    map.set(key, made);
    return made;
  }
}
