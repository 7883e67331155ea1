/** Lets those who ask the same at the same time wait for one answer. */
export class SharedCalls<T> {
  readonly #pending = new Map<string, Promise<T>>();

  run(key: string, call: () => Promise<T>): Promise<T> {
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    const started = call().finally(() => this.#pending.delete(key));
    this.#pending.set(key, started);
    return started;
  }
}
