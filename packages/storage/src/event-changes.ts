import type { CacheEvent } from "./cache-event.js";
import type { WatchChange } from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";

/** A state on its way to watchers; the encodings made for one of them serve the others until it is delivered. */
export class SharedChange implements WatchChange {
  #frames: Map<string, Buffer> | undefined = new Map();

  constructor(readonly object: StoredObject) {}

  frame(key: string, make: (object: StoredObject) => Buffer): Buffer {
    const known = this.#frames?.get(key);
    if (known !== undefined) return known;
    const made = make(this.object);
    this.#frames?.set(key, made);
    return made;
  }

  /** Lets the frames go; later ones are made for each caller. */
  delivered(): void {
    this.#frames = undefined;
  }
}

/** What one event is for its watchers: the new state for those who see it, the last one for those who lose it. */
export class EventChanges {
  #current: SharedChange | undefined;
  #departed: SharedChange | undefined;

  constructor(private readonly event: CacheEvent) {}

  get current(): WatchChange | undefined {
    const { current } = this.event;
    if (this.#current === undefined && current !== undefined) this.#current = new SharedChange(current);
    return this.#current;
  }

  get departed(): WatchChange | undefined {
    if (this.#departed === undefined) {
      const { departed } = this.event;
      if (departed !== undefined) this.#departed = new SharedChange(departed);
    }
    return this.#departed;
  }

  delivered(): void {
    this.#current?.delivered();
    this.#departed?.delivered();
  }
}
