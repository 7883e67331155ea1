import type { CacheEvent } from "./cache-event.js";
import type { Watcher } from "./watcher.js";

/** Watchers by what they watch, so that an event costs only those whom it may concern. */
export class WatcherIndex {
  readonly #all = new Set<Watcher>();
  readonly #byNamespace = new Map<string, Set<Watcher>>();
  readonly #byName = new Map<string, Set<Watcher>>();
  readonly #byKey = new Map<string, Set<Watcher>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(watcher: Watcher): void {
    this.#place(watcher, true)?.add(watcher);
    this.#size++;
  }

  remove(watcher: Watcher): void {
    const place = this.#place(watcher, false);
    if (place?.delete(watcher) !== true) return;
    this.#size--;
    if (place.size > 0) return;
    const { namespace, name } = watcher.options;
    if (name === undefined) this.#byNamespace.delete(namespace);
    else if (namespace === "") this.#byName.delete(name);
    else this.#byKey.delete(`${namespace}/${name}`);
  }

  /** Calls `visit` with all watchers that an event may concern. */
  visit(event: CacheEvent, visit: (watcher: Watcher) => void): void {
    const { subject } = event;
    if (this.#size === 0 || subject === undefined) return;
    for (const watcher of this.#all) visit(watcher);
    for (const watcher of this.#byNamespace.get(subject.namespace) ?? []) visit(watcher);
    for (const watcher of this.#byName.get(subject.name) ?? []) visit(watcher);
    if (this.#byKey.size === 0) return;
    for (const watcher of this.#byKey.get(`${subject.namespace}/${subject.name}`) ?? []) visit(watcher);
  }

  *[Symbol.iterator](): IterableIterator<Watcher> {
    yield* this.#all;
    for (const map of [this.#byNamespace, this.#byName, this.#byKey]) {
      for (const watchers of map.values()) yield* watchers;
    }
  }

  #place(watcher: Watcher, make: boolean): Set<Watcher> | undefined {
    const { namespace, name } = watcher.options;
    if (name === undefined && namespace === "") return this.#all;
    const map = name === undefined ? this.#byNamespace : namespace === "" ? this.#byName : this.#byKey;
    const key = name === undefined ? namespace : namespace === "" ? name : `${namespace}/${name}`;
    const known = map.get(key);
    if (known !== undefined || !make) return known;
    const made = new Set<Watcher>();
    map.set(key, made);
    return made;
  }
}
