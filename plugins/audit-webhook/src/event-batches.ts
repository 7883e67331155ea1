/** How events are put together. */
export interface BatchLimits {
  /** Events that wait; more are dropped. */
  readonly buffer: number;
  /** Events of one batch. */
  readonly size: number;
  /** Bytes of one batch. */
  readonly bytes: number;
  /** Milliseconds that an event waits at most. */
  readonly wait: number;
}

/** Gathers events and hands them on in batches, one after the other. */
export class EventBatches {
  #waiting: string[] = [];
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: BatchLimits,
    /** Delivers a batch; it never rejects. */
    private readonly send: (events: readonly string[]) => Promise<void>,
  ) {}

  /** False when there is no room for it. */
  add(event: string): boolean {
    if (this.#waiting.length >= this.limits.buffer) return false;
    this.#waiting.push(event);
    if (this.#waiting.length >= this.limits.size) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), this.limits.wait).unref();
    return true;
  }

  /** Sends all that waits. */
  async flush(): Promise<void> {
    this.#start();
    await this.#sending;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#sending !== undefined) return;
    this.#sending = this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.send(this.#take());
    this.#sending = undefined;
  }

  #take(): readonly string[] {
    const { size, bytes } = this.limits;
    let length = 0;
    let count = 0;
    for (const event of this.#waiting) {
      length += Buffer.byteLength(event) + 1;
      if (count === size || (count > 0 && length > bytes)) break;
      count++;
    }
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return taken;
  }
}
