import type { CachedObject } from "./cached-object.js";

/** One change of one object, as the cache saw it. At least one of `previous` and `current` is set. */
export class CacheEvent {
  /** The bytes of the object when the event came. */
  readonly bytes: number;
  #departed: CachedObject | undefined;

  constructor(
    /** Counts the events of a cache, so that events of one revision have an order too. */
    readonly sequence: number,
    readonly revision: number,
    readonly previous: CachedObject | undefined,
    /** Undefined for a delete. */
    readonly current: CachedObject | undefined,
    /** When it was seen, in milliseconds. */
    readonly time: number,
  ) {
    this.bytes = this.subject?.size ?? 0;
  }

  /** The state after the event, or the last one before a delete. */
  get subject(): CachedObject | undefined {
    return this.current ?? this.previous;
  }

  /** The state before the event with the revision of the event: what is told to those for whom the object is gone. */
  get departed(): CachedObject | undefined {
    this.#departed ??= this.previous?.withRevision(this.revision);
    return this.#departed;
  }
}
