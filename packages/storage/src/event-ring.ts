import type { CacheEvent } from "./cache-event.js";

/** The bounds of an {@link EventRing}. */
export interface EventRingOptions {
  /** So many events are kept however old they are. */
  readonly minEvents: number;
  readonly maxEvents: number;
  /** Bounds the bytes of the objects in the events; at least 16 events are kept. */
  readonly maxBytes: number;
  /** Events younger than this are kept up to the maximum. */
  readonly freshMilliseconds: number;
}

const ALWAYS_KEPT = 16;

/** The newest events of a resource: grows under load, shrinks when it is quiet. */
export class EventRing {
  #events: (CacheEvent | undefined)[] = [];
  #first = 0;
  #bytes = 0;
  #start: number;
  #end = 0;

  /** @param start The revision of the state that the first event will change. */
  constructor(
    start: number,
    readonly options: EventRingOptions,
  ) {
    this.#start = start;
  }

  /** A watch from this revision or a later one can be served. */
  get start(): number {
    return this.#start;
  }

  /** The sequence that the next event gets. */
  get end(): number {
    return this.#end;
  }

  get size(): number {
    return this.#events.length - this.#first;
  }

  push(event: CacheEvent): void {
    this.#events.push(event);
    this.#end = event.sequence + 1;
    this.#bytes += event.bytes;
    this.trim(event.time);
  }

  /** Puts older events in front; they reach from the state at `start` to the present start. */
  prepend(events: readonly CacheEvent[], start: number): void {
    this.#events = [...events, ...this.#events.slice(this.#first)];
    this.#first = 0;
    this.#start = start;
    for (const event of events) this.#bytes += event.bytes;
  }

  /** Drops what is too old or too much. */
  trim(now: number): void {
    const { minEvents, maxEvents, maxBytes, freshMilliseconds } = this.options;
    for (;;) {
      const oldest = this.#events[this.#first];
      if (oldest === undefined) break;
      const size = this.size;
      const tooMuch = size > maxEvents || (this.#bytes > maxBytes && size > ALWAYS_KEPT);
      if (!tooMuch && (size <= minEvents || now - oldest.time < freshMilliseconds)) break;
      this.#dropRevision(oldest.revision);
    }
    if (this.#first > 64 && this.#first * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Drops all events of the oldest revision: whoever has seen only some of them must not resume there. */
  #dropRevision(revision: number): void {
    for (;;) {
      const event = this.#events[this.#first];
      if (event === undefined || event.revision !== revision) break;
      this.#bytes -= event.bytes;
      this.#events[this.#first++] = undefined;
    }
    this.#start = revision;
  }

  /** The sequence of the first event after a revision. */
  after(revision: number): number {
    let low = this.#first;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.#end - (this.#events.length - low);
  }

  /** The event of this sequence; undefined when it was dropped or is still to come. */
  at(sequence: number): CacheEvent | undefined {
    const index = this.#events.length - (this.#end - sequence);
    return index < this.#first ? undefined : this.#events[index];
  }

  /** The event that made this revision of a key. */
  find(key: string, revision: number): CacheEvent | undefined {
    for (let sequence = this.after(revision - 1); ; sequence++) {
      const event = this.at(sequence);
      if (event === undefined || event.revision !== revision) return undefined;
      if (event.subject?.key === key) return event;
    }
  }
}
