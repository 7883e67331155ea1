import type { RequestContext } from "@quarterdeck/sdk";
import type { FilterObserver } from "./filter-observer.js";
import type { NamedFilter } from "./named-filter.js";
import { NextCalledTwiceError } from "./next-called-twice-error.js";

/** The whole chain as one Koa middleware; `next` is what runs behind the last filter. It rejects, it never throws. */
export type Chain = (context: RequestContext, next: () => Promise<void>) => Promise<void>;

/** One request on its way through the chain. */
interface Passage {
  readonly context: RequestContext;
  readonly next: () => Promise<void>;
  /** The furthest place reached; calling `next` again would not go beyond it. */
  reached: number;
  enteredAt: number;
}

/** The filters that requests pass: all but those that are idle. */
export function activeFilters(filters: readonly NamedFilter[]): readonly NamedFilter[] {
  return filters.filter(({ idle }) => idle === undefined);
}

/** Composes filters in order, outermost first; the observer hears of each one's own time. */
export function buildChain(filters: readonly NamedFilter[], observer?: FilterObserver): Chain {
  const links = filters.map((link) => link.filter);

  function enter(passage: Passage, index: number): Promise<void> {
    if (index <= passage.reached) return Promise.reject(new NextCalledTwiceError(filters[index - 1]?.name ?? ""));
    passage.reached = index;
    if (observer !== undefined) {
      const now = performance.now();
      if (index > 0) observer.observe(index - 1, now - passage.enteredAt);
      passage.enteredAt = now;
    }
    const link = links[index];
    try {
      if (link === undefined) return passage.next();
      return link.handle(passage.context, () => enter(passage, index + 1));
    } catch (error) {
      // A filter that is not an async function throws; the filters around it wait for a promise.
      return Promise.reject(error);
    }
  }

  return (context, next) => enter({ context, next, reached: -1, enteredAt: 0 }, 0);
}
