/** What wants to know whether a transaction was committed; `committed` is false when it was not, for whichever reason. */
export type TellOutcome = (committed: boolean) => void | Promise<void>;

/** What waits for the outcome of one run of a transaction: what its writes began, and what follows its deletes. */
export class WriteOutcome {
  readonly #waiting: TellOutcome[] = [];

  add(tell: TellOutcome): void {
    this.#waiting.push(tell);
  }

  /** Tells all of them, the last one first, as what is undone must be; throws what the first to fail threw, after all were told. */
  async settle(committed: boolean): Promise<void> {
    const failures: unknown[] = [];
    for (const tell of this.#waiting.reverse()) {
      try {
        await tell(committed);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
