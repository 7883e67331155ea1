import { setImmediate as nextTurn } from "node:timers/promises";
import { type Storage, StorageTimeoutError } from "@quarterdeck/sdk";
import { boundedWait } from "./bounded-wait.js";
import { storageFailure } from "./storage-failure.js";

/** A question that takes longer than this does not keep the next one from being sent. */
const PATIENCE_MILLISECONDS = 20;

/**
 * Asks a backend for its newest revision on behalf of many reads. A read is answered by a question that was sent after
 * it came: only such an answer covers every write that was acknowledged before the read.
 */
export class RevisionCheck {
  /** The question that is about to be sent. */
  #next: Promise<number> | undefined;
  /** The one that was sent last; it never rejects. */
  #sent: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: Pick<Storage, "currentRevision">,
    /** How long an answer may take. */
    private readonly milliseconds: number,
  ) {}

  /** Rejects as a client is to be told. */
  newest(): Promise<number> {
    this.#next ??= this.#ask();
    return this.#next;
  }

  async #ask(): Promise<number> {
    // Whatever else comes in this turn of the event loop, or while an answer is under way, is answered along.
    await nextTurn();
    await boundedWait(this.#sent, PATIENCE_MILLISECONDS, undefined);
    this.#next = undefined;
    const asked = boundedWait(this.storage.currentRevision(), this.milliseconds, undefined);
    this.#sent = asked.catch(() => undefined);
    const revision = await asked.catch((error: unknown) => {
      throw storageFailure(error);
    });
    if (revision === undefined)
      throw storageFailure(new StorageTimeoutError("the newest revision was not told in time"));
    return revision;
  }
}
