import type { CachedObject } from "./cached-object.js";
import { encodeContinue } from "./continue-token.js";
import type { ListOptions, ListPage } from "./resource-store.js";

/** Gathers the objects that a list wants, until the page is full. */
export class ListPageBuilder {
  readonly items: CachedObject[] = [];
  #last: CachedObject | undefined;
  readonly #selects: boolean;
  /** Set when those who come are chosen already. */
  chosen = false;

  constructor(
    private readonly options: ListOptions,
    private readonly scope: string,
    private readonly limit: number,
  ) {
    this.#selects = options.predicate !== undefined || options.name !== undefined;
  }

  /** The last object taken. */
  get last(): CachedObject | undefined {
    return this.#last;
  }

  get full(): boolean {
    return this.limit > 0 && this.items.length >= this.limit;
  }

  /** Takes an object if it is selected; tells whether the page has room for more. */
  take(object: CachedObject): boolean {
    const { name, predicate } = this.options;
    if ((name === undefined || object.name === name) && (this.chosen || predicate === undefined || predicate(object))) {
      this.items.push(object);
      this.#last = object;
    }
    return !this.full;
  }

  /** The page as of a revision, when `behind` objects of the scope lie behind the last one taken. */
  page(revision: number, behind: number): ListPage {
    const more = behind > 0 && this.#last !== undefined;
    return {
      items: this.items,
      revision,
      continueToken: more ? encodeContinue(this.#last?.key ?? "", this.scope, revision) : undefined,
      remainingItemCount: more && !this.#selects ? behind : undefined,
    };
  }
}
