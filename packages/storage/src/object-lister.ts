import type { Storage } from "@quarterdeck/sdk";
import { CompactedError } from "@quarterdeck/sdk";
import type { CacheState } from "./cache-state.js";
import { candidates } from "./candidates.js";
import { continueExpired } from "./continue-token.js";
import type { FreshReads } from "./fresh-reads.js";
import { ListPageBuilder } from "./list-page-builder.js";
import type { ListPlan } from "./list-plan.js";
import { planList } from "./list-plan.js";
import type { ObjectCache } from "./object-cache.js";
import type { ListOptions, ListPage } from "./resource-store.js";
import { storageFailure } from "./storage-failure.js";

/** How many states of an old revision are read from the backend at once. */
const CHUNK = 1000;

/** Answers lists: from the cache, from a pinned or rewound state, or from the backend's history. */
export class ObjectLister {
  constructor(
    private readonly cache: ObjectCache,
    private readonly storage: Storage,
    private readonly fresh: FreshReads,
  ) {}

  async list(options: ListOptions): Promise<ListPage> {
    const { cache, fresh } = this;
    const plan = planList(options, cache.keys);
    const scope = cache.keys.scope(options.namespace);
    if (plan.read === "newest") await fresh.newest(options.signal);
    else await fresh.atLeast(plan.revision, options.signal);
    await cache.indices.prepare(options.selector);
    if (plan.read !== "exact") return this.#page(cache.state, cache.revision, options, plan, scope);
    const state = cache.at(plan.revision);
    if (state !== undefined) return this.#page(state, plan.revision, options, plan, scope);
    return this.#pageFromBackend(options, plan, scope);
  }

  #page(state: CacheState, revision: number, options: ListOptions, plan: ListPlan, scope: string): ListPage {
    const { name, namespace, predicate, selector } = options;
    const builder = new ListPageBuilder(options, scope, plan.limit);
    if (name !== undefined && (namespace !== "" || !this.cache.keys.namespaced)) {
      const key = this.cache.keys.find({ namespace, name });
      const object = key === undefined || (plan.after ?? "") >= key ? undefined : state.objects.get(key);
      if (object !== undefined) builder.take(object);
      return builder.page(revision, 0);
    }
    if (name === undefined && predicate === undefined && plan.limit === 0 && plan.after === undefined) {
      return { items: state.objects.list(scope), revision, continueToken: undefined, remainingItemCount: undefined };
    }
    const from = candidates(state, selector, scope, plan.after);
    builder.chosen = from.chosen;
    from.visit((object) => builder.take(object));
    const behind = builder.full && builder.last !== undefined ? from.behind(builder.last.key) : 0;
    if (behind > 0) this.cache.pin(revision);
    return builder.page(revision, behind);
  }

  async #pageFromBackend(options: ListOptions, plan: ListPlan, scope: string): Promise<ListPage> {
    const { revision } = plan;
    const builder = new ListPageBuilder(options, scope, plan.limit);
    let after = plan.after;
    for (;;) {
      const range = { prefix: scope, limit: CHUNK, revision, ...(after === undefined ? {} : { after }) };
      const { entries, more, count } = await this.storage.range(range).catch((error: unknown) => {
        throw CompactedError.is(error) && plan.after !== undefined
          ? continueExpired(plan.after, scope)
          : storageFailure(error);
      });
      let seen = 0;
      for (const entry of entries) {
        seen++;
        const object = this.cache.fromEntry(entry);
        if (object !== undefined && !builder.take(object)) break;
      }
      const last = entries.at(-1);
      if (builder.full) return builder.page(revision, count - seen);
      if (!more || last === undefined) return builder.page(revision, 0);
      after = last.key;
    }
  }
}
