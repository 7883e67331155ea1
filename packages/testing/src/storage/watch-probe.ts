import type { Storage, StorageEvent, StorageEventBatch, StorageWatch } from "@quarterdeck/sdk";

/** A watch that keeps all it is told, and lets a test wait for it without a clock. */
export class WatchProbe {
  readonly batches: StorageEventBatch[] = [];
  readonly events: StorageEvent[] = [];
  ended: Error | undefined;
  #watch: StorageWatch | undefined;
  readonly #waiting: { readonly done: () => boolean; readonly resolve: () => void }[] = [];

  static async start(storage: Storage, prefix: string, after: number): Promise<WatchProbe> {
    const probe = new WatchProbe();
    probe.#watch = await storage.watch({
      prefix,
      after,
      onBatch: (batch) => probe.#take(batch),
      onEnd: (error) => {
        probe.ended = error;
        probe.#wake();
      },
    });
    return probe;
  }

  /** The last revision that was told, 0 before the first. */
  get revision(): number {
    return this.batches.at(-1)?.revision ?? 0;
  }

  /** Resolves once the condition holds; it is looked at after each batch. */
  until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ done, resolve });
      this.#wake();
    });
  }

  close(): void {
    this.#watch?.close();
  }

  #take(batch: StorageEventBatch): void {
    this.batches.push(batch);
    this.events.push(...batch.events);
    this.#wake();
  }

  #wake(): void {
    for (const waiter of this.#waiting) {
      if (waiter.done()) {
        waiter.resolve();
      }
    }
  }
}
