import type { CacheEvent } from "./cache-event.js";
import { EventChanges } from "./event-changes.js";
import type { RenditionBudget } from "./rendition-budget.js";

/** Watches that come back together start within so many events of the end. */
const NEWEST = 256;

/** What the newest events are for watches that start behind them: encoded for the first of them, as long as memory lasts. */
export class ReplayedChanges {
  readonly #changes = new WeakMap<CacheEvent, EventChanges>();

  constructor(private readonly budget: RenditionBudget | undefined) {}

  /** @param end The sequence of the event that comes next. */
  of(event: CacheEvent, end: number): EventChanges {
    if (event.sequence < end - NEWEST) return new EventChanges(event);
    const known = this.#changes.get(event);
    if (known !== undefined) return known;
    const made = new EventChanges(event, this.budget);
    this.#changes.set(event, made);
    return made;
  }
}
