import type { CachedObject } from "./cached-object.js";
import type { SelectorAttribute } from "./object-selector.js";

/** What an attribute was before an event and what it is behind it. */
export interface AttributeChange {
  readonly id: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** One change of one object, as the cache saw it. At least one of `previous` and `current` is set. */
export class CacheEvent {
  /** The bytes of the object when the event came. */
  readonly bytes: number;
  #departed: CachedObject | undefined;
  #changes: AttributeChange[] | undefined;

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

  /** What the event is for one attribute; read once, since all who come back later ask for it again. */
  changeOf(attribute: SelectorAttribute): AttributeChange {
    const known = this.#changes?.find(({ id }) => id === attribute.id);
    if (known !== undefined) return known;
    const was = this.previous && attribute.read(this.previous);
    const is = this.current && attribute.read(this.current);
    const change = { id: attribute.id, was, is };
    this.#changes ??= [];
    this.#changes.push(change);
    return change;
  }

  /** The state before the event with the revision of the event: what is told to those for whom the object is gone. */
  get departed(): CachedObject | undefined {
    this.#departed ??= this.previous?.withRevision(this.revision);
    return this.#departed;
  }
}
