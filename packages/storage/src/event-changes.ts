import type { CacheEvent } from "./cache-event.js";
import type { RenditionBudget, RenditionHolder } from "./rendition-budget.js";
import type { WatchChange } from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";

/** A state on its way to watchers; the encodings made for one of them serve the others until it is delivered. */
export class SharedChange implements WatchChange, RenditionHolder {
  #frames: Map<string, Buffer> | undefined = new Map();

  constructor(
    readonly object: StoredObject,
    /** Bounds the frames of a change that is told again and again. */
    private readonly budget?: RenditionBudget,
  ) {}

  frame(key: string, make: (object: StoredObject) => Buffer): Buffer {
    const known = this.#frames?.get(key);
    if (known !== undefined) return known;
    const made = make(this.object);
    this.#frames?.set(key, made);
    this.budget?.charge(this, made.length);
    return made;
  }

  release(): void {
    this.#frames?.clear();
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

  constructor(
    private readonly event: CacheEvent,
    private readonly budget?: RenditionBudget,
  ) {}

  get current(): WatchChange | undefined {
    const { current } = this.event;
    if (this.#current === undefined && current !== undefined) this.#current = new SharedChange(current, this.budget);
    return this.#current;
  }

  get departed(): WatchChange | undefined {
    if (this.#departed === undefined) {
      const { departed } = this.event;
      if (departed !== undefined) this.#departed = new SharedChange(departed, this.budget);
    }
    return this.#departed;
  }

  delivered(): void {
    this.#current?.delivered();
    this.#departed?.delivered();
  }
}
