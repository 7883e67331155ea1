import type { CacheEvent } from "./cache-event.js";
import type { CachedObject } from "./cached-object.js";
import type { EventChanges } from "./event-changes.js";
import { SharedChange } from "./event-changes.js";
import type { SelectorCondition } from "./object-selector.js";
import type { ResourceWatch, WatchLane, WatchOptions } from "./resource-store.js";

/** The condition that events find a watcher by: one that names values before one that takes any. */
function conditionOf({ predicate, selector }: WatchOptions): SelectorCondition | undefined {
  const conditions = predicate === undefined ? [] : (selector?.conditions ?? []);
  return conditions.find(({ values }) => values !== undefined) ?? conditions[0];
}

/** A lane with its members in one place of the index. */
export interface LanePlace {
  readonly lane: WatchLane;
  readonly members: Set<Watcher>;
  /** The revision of the last change that the lane was told. */
  told: number;
}

/** One client's watch: decides what an event is for it and hands it over. */
export class Watcher implements ResourceWatch {
  /** Events up to this revision are not for it. */
  after = 0;
  /** Live events before this sequence were told by the replay; -1 while that goes on. */
  firstLive = -1;
  /** Set while live changes reach it through a lane. */
  place: LanePlace | undefined;
  /** Only events that meet it before or after are for the watcher; undefined when all may be. */
  readonly condition: SelectorCondition | undefined;
  #told = 0;
  #closed = false;
  readonly #close = (): void => this.close();

  constructor(
    readonly options: WatchOptions,
    /** Takes it out of the index. */
    private readonly forget: (watcher: Watcher) => void,
    /** The revision up to which all live events are delivered. */
    private readonly delivered: () => number,
  ) {
    this.condition = conditionOf(options);
    options.signal?.addEventListener("abort", this.#close);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Tells what an event is to this watcher, if anything. */
  offer(event: CacheEvent, changes: EventChanges): void {
    if (event.revision <= this.after) return;
    const { previous, current } = event;
    const { predicate } = this.options;
    const is = current !== undefined && (predicate === undefined || predicate(current));
    const was = previous !== undefined && (predicate === undefined || predicate(previous));
    if (!is && !was) return;
    const change = is ? changes.current : changes.departed;
    if (change === undefined) return;
    this.#told = event.revision;
    this.options.onChange(is ? (was ? "MODIFIED" : "ADDED") : "DELETED", change);
  }

  /** Tells an object of the state that the watch starts from. */
  offerInitial(object: CachedObject): void {
    const { predicate, onChange } = this.options;
    if (predicate !== undefined && !predicate(object)) return;
    const change = new SharedChange(object);
    onChange.call(this.options, "ADDED", change);
    change.delivered();
  }

  /** The bookmark behind the initial events, for those who asked for both. */
  endInitial(revision: number): void {
    const { allowBookmarks, sendInitialEvents } = this.options;
    if (allowBookmarks && sendInitialEvents === true) this.options.onBookmark(revision, true);
  }

  bookmark(): void {
    const revision = this.delivered();
    const live = this.firstLive !== -1;
    // A revision of which it has seen only a part, or one before what it has seen, would mislead it.
    if (
      this.#closed ||
      !live ||
      !this.options.allowBookmarks ||
      revision < Math.max(this.#told, this.after, this.place?.told ?? 0)
    )
      return;
    this.#told = revision;
    this.options.onBookmark(revision, false);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.options.signal?.removeEventListener("abort", this.#close);
    this.forget(this);
  }

  /** Ends it by the store's doing. */
  end(error: Error | undefined): void {
    if (this.#closed) return;
    this.close();
    this.options.onEnd(error);
  }
}
