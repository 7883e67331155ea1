/** An abort of its own that happens with another one's too; unlink it when it is over, so that the other one forgets it. */
export class LinkedAbort {
  readonly #own = new AbortController();
  readonly #end = (): void => this.abort();

  constructor(private readonly parent: AbortSignal) {
    if (parent.aborted) this.abort();
    else parent.addEventListener("abort", this.#end);
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  abort(): void {
    this.#own.abort();
    this.unlink();
  }

  unlink(): void {
    this.parent.removeEventListener("abort", this.#end);
  }
}
