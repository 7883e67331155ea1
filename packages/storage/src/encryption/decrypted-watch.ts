import type { StorageEvent, StorageEventBatch, StorageWatch, StorageWatchOptions } from "@quarterdeck/sdk";
import { isPending } from "./value-transformer.js";

/** Gives what a stored value is; throws or rejects when it cannot be read. */
export type Plaintext = (key: string, value: Buffer) => Buffer | Promise<Buffer>;

/**
 * A watch whose events are decrypted on their way, in order: at once where that needs no waiting, else behind whatever is
 * waited for. An event that cannot be read ends the watch.
 */
export class DecryptedWatch implements StorageWatch {
  /** What the backend is given. */
  readonly options: StorageWatchOptions;
  #watch: StorageWatch | undefined;
  #tail: Promise<void> | undefined;
  #ended = false;

  constructor(
    private readonly receiver: StorageWatchOptions,
    private readonly plaintext: Plaintext,
    /** Where others see what this watch waits for. */
    private readonly waiting: Set<Promise<void>>,
  ) {
    const { prefix, after } = receiver;
    this.options = {
      prefix,
      after,
      onBatch: (batch) => this.#take(batch),
      onEnd: (error) => this.#inOrder(() => this.#end(error)),
    };
  }

  /** Settles when everything was delivered; it never rejects. */
  get idle(): Promise<void> | undefined {
    return this.#tail;
  }

  /** The backend's watch is running; it may have been ended already. */
  started(watch: StorageWatch): void {
    this.#watch = watch;
    if (this.#ended) watch.close();
  }

  close(): void {
    this.#ended = true;
    this.#watch?.close();
  }

  #take(batch: StorageEventBatch): void {
    if (this.#ended) return;
    // Most batches only report that some other resource has changed.
    if (batch.events.length === 0 && this.#tail === undefined) this.receiver.onBatch(batch);
    else this.#inOrder(() => this.#deliver(batch));
  }

  /** Runs a step now, or behind what is waited for. */
  #inOrder(step: () => Promise<void> | undefined): void {
    const pending = this.#tail === undefined ? step() : this.#tail.then(step);
    if (pending !== undefined) this.#wait(pending);
  }

  #wait(pending: Promise<void>): void {
    const settled = (): void => {
      this.waiting.delete(tail);
      if (this.#tail === tail) this.#tail = undefined;
    };
    const tail: Promise<void> = pending.then(settled, (error: unknown) => {
      settled();
      this.#end(error);
    });
    this.#tail = tail;
    this.waiting.add(tail);
  }

  /** A promise when something has to be waited for. */
  #deliver({ events, revision }: StorageEventBatch): Promise<void> | undefined {
    if (this.#ended) return undefined;
    const decrypted: (StorageEvent | Promise<StorageEvent>)[] = [];
    let late = false;
    try {
      for (const event of events) {
        const one = this.#decrypt(event);
        late ||= isPending(one);
        decrypted.push(one);
      }
    } catch (error) {
      this.#end(error);
      return undefined;
    }
    if (late) return Promise.all(decrypted).then((all) => this.#hand({ events: all, revision }));
    this.#hand({ events: decrypted.filter((one): one is StorageEvent => !isPending(one)), revision });
    return undefined;
  }

  #hand(batch: StorageEventBatch): void {
    if (!this.#ended) this.receiver.onBatch(batch);
  }

  /** The state before is left out, as a backend may that would have to read it back. */
  #decrypt({ previous: _previous, ...event }: StorageEvent): StorageEvent | Promise<StorageEvent> {
    if (event.value === undefined) return event;
    const value = this.plaintext(event.key, event.value);
    return isPending(value) ? value.then((late) => ({ ...event, value: late })) : { ...event, value };
  }

  #end(error: unknown): undefined {
    if (this.#ended) return;
    this.close();
    this.receiver.onEnd(error instanceof Error ? error : new Error(String(error)));
  }
}
