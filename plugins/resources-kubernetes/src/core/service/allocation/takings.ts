import type { WriteEnd } from "@quarterdeck/sdk";

type GiveBack = () => Promise<void>;

/** What a write has taken and what it will have no use for: one of both is given back, once it is known how the write ended. */
export class Takings implements WriteEnd {
  readonly #taken: GiveBack[] = [];
  readonly #needless: GiveBack[] = [];

  /** Given back when the write is not stored. */
  taken(giveBack: GiveBack): void {
    this.#taken.push(giveBack);
  }

  /** Given back when the write is stored. */
  needless(giveBack: GiveBack): void {
    this.#needless.push(giveBack);
  }

  /** What cannot be given back now is found by the repair. */
  async end(stored: boolean): Promise<void> {
    await Promise.allSettled((stored ? this.#needless : this.#taken).map((giveBack) => giveBack()));
  }
}
