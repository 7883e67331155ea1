import type { CacheEvent } from "./cache-event.js";
import type { CachedObject } from "./cached-object.js";
import type { EventRing } from "./event-ring.js";
import type { ReplayedChanges } from "./replayed-changes.js";
import { tooOldResourceVersion } from "./resource-version.js";
import type { Watcher } from "./watcher.js";

/** Between so many changes the watcher is asked whether it can take more. */
const CHUNK = 64;

/**
 * Brings one watcher from where it starts to the live events: first the state it starts from, then what has happened
 * since. It goes on at once as long as the watcher can take more, so that a slow one costs a list of references and
 * not the encodings of a whole collection.
 */
export class Replay {
  #item = 0;
  #told = 0;
  #initialEnded = false;

  constructor(
    private readonly watcher: Watcher,
    private readonly ring: EventRing,
    private readonly replayed: ReplayedChanges,
    private readonly covers: (object: CachedObject) => boolean,
    /** The state to begin with, and its revision. */
    private readonly initial: readonly CachedObject[] | undefined,
    private readonly revision: number,
    /** The sequence of the first event behind it. */
    private cursor: number,
  ) {}

  /** Tells on until all is told (undefined), the watcher is closed (undefined), or it wants a pause (a promise). */
  step(): Promise<void> | undefined {
    const { watcher } = this;
    while (this.initial !== undefined && this.#item < this.initial.length) {
      const pause = this.#pause();
      if (pause !== undefined || watcher.closed) return pause;
      const object = this.initial[this.#item++];
      if (object !== undefined) watcher.offerInitial(object);
    }
    if (watcher.closed) return undefined;
    if (this.initial !== undefined && !this.#initialEnded) {
      this.#initialEnded = true;
      watcher.endInitial(this.revision);
    }
    while (this.cursor < this.ring.end) {
      const pause = this.#pause();
      if (pause !== undefined || watcher.closed) return pause;
      const event = this.ring.at(this.cursor++);
      if (event?.subject === undefined) {
        watcher.end(tooOldResourceVersion(this.revision, this.ring.start));
        return undefined;
      }
      if (!this.covers(event.subject) || !this.#concerns(event)) continue;
      watcher.offer(event, this.replayed.of(event, this.ring.end));
    }
    return undefined;
  }

  /** Whether an event may be for the watcher; the predicate is asked only then. */
  #concerns(event: CacheEvent): boolean {
    const { condition } = this.watcher;
    if (condition === undefined) return true;
    const { attribute, values } = condition;
    try {
      const { was, is } = event.changeOf(attribute);
      if (values === undefined) return was !== undefined || is !== undefined;
      return (was !== undefined && values.includes(was)) || (is !== undefined && values.includes(is));
    } catch {
      return true;
    }
  }

  #pause(): Promise<void> | undefined {
    if (++this.#told % CHUNK !== 0) return undefined;
    return this.watcher.options.drained?.();
  }
}
