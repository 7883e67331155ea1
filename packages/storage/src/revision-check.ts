import { setImmediate as nextTurn } from "node:timers/promises";
import type { Storage } from "@quarterdeck/sdk";
import { boundedWait } from "./bounded-wait.js";

/** How many questions may be on their way at once. */
const PARALLEL = 4;

/**
 * Asks a backend for its newest revision on behalf of many reads. A read is answered by a question that was sent after
 * it came: only such an answer covers every write that was acknowledged before the read.
 */
export class RevisionCheck {
  /** The question that is about to be sent. */
  #next: Promise<number> | undefined;
  readonly #running = new Set<Promise<unknown>>();

  constructor(
    private readonly storage: Pick<Storage, "currentRevision">,
    /** After so long a question does not keep others from being sent. */
    private readonly milliseconds: number,
  ) {}

  newest(): Promise<number> {
    this.#next ??= this.#ask();
    return this.#next;
  }

  async #ask(): Promise<number> {
    // Whatever else comes in this turn of the event loop is answered along.
    await nextTurn();
    while (this.#running.size >= PARALLEL) await Promise.race(this.#running);
    this.#next = undefined;
    const asked = this.storage.currentRevision();
    const settled = boundedWait(asked, this.milliseconds, undefined).catch(() => undefined);
    this.#running.add(settled);
    void settled.then(() => this.#running.delete(settled));
    return asked;
  }
}
