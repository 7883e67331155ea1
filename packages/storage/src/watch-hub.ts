import type { Logger } from "@quarterdeck/sdk";
import type { CacheEvent } from "./cache-event.js";
import type { CachedObject } from "./cached-object.js";
import { candidates } from "./candidates.js";
import { EventChanges } from "./event-changes.js";
import type { ObjectCache } from "./object-cache.js";
import { Replay } from "./replay.js";
import { ReplayedChanges } from "./replayed-changes.js";
import type { WatchOptions } from "./resource-store.js";
import { type LanePlace, Watcher } from "./watcher.js";
import { WatcherIndex } from "./watcher-index.js";

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Delivers the events of a cache to its watchers: in order, each once, at once. */
export class WatchHub {
  readonly #index = new WatcherIndex();
  /** Those still in their replay; they are not in the index yet. */
  readonly #starting = new Set<Watcher>();
  readonly #replayed: ReplayedChanges;
  #queue: CacheEvent[] = [];
  /** The event being delivered. */
  #event: CacheEvent | undefined;

  constructor(
    private readonly cache: ObjectCache,
    private readonly logger: Logger | undefined,
  ) {
    this.#replayed = new ReplayedChanges(cache.origin.budget);
  }

  get size(): number {
    return this.#index.size + this.#starting.size;
  }

  /** Delivers events that the cache has taken; those of a call from within a delivery follow it. */
  dispatch(events: readonly CacheEvent[]): void {
    for (const event of events) this.#queue.push(event);
    if (this.#event !== undefined) return;
    for (let at = 0; at < this.#queue.length; at++) {
      const event = this.#queue[at];
      if (event === undefined) break;
      this.#event = event;
      this.#deliver(event);
    }
    this.#event = undefined;
    this.#queue = [];
  }

  /** Starts with the present state. */
  watchState(options: WatchOptions): Watcher {
    const watcher = this.#watcher(options);
    const { revision, ring } = this.cache;
    const initial = this.#initial(options);
    watcher.after = revision;
    this.#start(
      watcher,
      new Replay(watcher, ring, this.#replayed, (object) => this.#covers(options, object), initial, revision, ring.end),
    );
    return watcher;
  }

  /** Starts with what happened after a revision, which may lie ahead; the ring must reach back to it. */
  watchFrom(revision: number, options: WatchOptions): Watcher {
    const watcher = this.#watcher(options);
    const { ring } = this.cache;
    const cursor = ring.after(revision);
    watcher.after = revision;
    this.#start(
      watcher,
      new Replay(watcher, ring, this.#replayed, (object) => this.#covers(options, object), undefined, revision, cursor),
    );
    return watcher;
  }

  /** Sends a bookmark to all who want them. */
  bookmark(): void {
    for (const watcher of this.#index) this.#guard(watcher, () => watcher.bookmark());
  }

  /** Ends all watches. */
  end(error: Error | undefined): void {
    for (const watcher of [...this.#index, ...this.#starting]) watcher.end(error);
  }

  #watcher(options: WatchOptions): Watcher {
    const forget = (watcher: Watcher): void => {
      this.#index.remove(watcher);
      this.#starting.delete(watcher);
    };
    return new Watcher(options, forget, () => this.#delivered());
  }

  /** While an event is under way, others of its revision may be still to come. */
  #delivered(): number {
    return this.#event === undefined ? this.cache.revision : this.#event.revision - 1;
  }

  #deliver(event: CacheEvent): void {
    const changes = new EventChanges(event);
    const one = (watcher: Watcher): void => {
      if (watcher.closed || event.sequence < watcher.firstLive) return;
      try {
        watcher.offer(event, changes);
      } catch (error) {
        this.#fail(watcher, error);
      }
    };
    this.#index.visit(event, one, (place) => this.#fanOut(place, event, changes));
    changes.delivered();
  }

  /** Tells a lane of an event: what it is to one member it is to all. */
  #fanOut(place: LanePlace, event: CacheEvent, changes: EventChanges): void {
    const change = event.current === undefined ? changes.departed : changes.current;
    if (change === undefined) return;
    place.told = event.revision;
    const type = event.current === undefined ? "DELETED" : event.previous === undefined ? "ADDED" : "MODIFIED";
    try {
      place.lane.deliver(type, change);
    } catch (error) {
      for (const watcher of [...place.members]) this.#fail(watcher, error);
    }
  }

  #start(watcher: Watcher, replay: Replay): void {
    this.#starting.add(watcher);
    this.#run(watcher, replay);
  }

  #run(watcher: Watcher, replay: Replay): void {
    this.#guard(watcher, () => {
      const pause = replay.step();
      if (watcher.closed) return;
      if (pause !== undefined) {
        pause.then(
          () => this.#run(watcher, replay),
          (error) => this.#fail(watcher, error),
        );
        return;
      }
      watcher.firstLive = this.cache.ring.end;
      this.#starting.delete(watcher);
      // Its replay may have told what is still queued for the others, or it waits for a revision to come.
      this.#index.add(watcher, this.#event !== undefined || watcher.after > this.cache.revision);
      watcher.options.onLive?.();
    });
  }

  #guard(watcher: Watcher, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#fail(watcher, error);
    }
  }

  #fail(watcher: Watcher, error: unknown): void {
    this.logger?.error("a watch failed and was ended", { error });
    try {
      watcher.end(asError(error));
    } catch (another) {
      this.logger?.error("the end of a watch failed", { error: another });
    }
  }

  #initial({ namespace, name, selector }: WatchOptions): CachedObject[] {
    const { state, keys } = this.cache;
    const objects: CachedObject[] = [];
    candidates(state, selector, keys.scope(namespace), undefined).visit((object) => {
      if (name === undefined || object.name === name) objects.push(object);
      return true;
    });
    return objects;
  }

  #covers({ namespace, name }: WatchOptions, object: CachedObject): boolean {
    return (namespace === "" || object.namespace === namespace) && (name === undefined || object.name === name);
  }
}
