/** Remembers a bounded number of answers for a time; the one that was put in first goes first. */
export class Recent<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly until: number }>();

  /** `milliseconds` may be infinite. */
  constructor(
    private readonly limit: number,
    private readonly milliseconds: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > this.now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.limit) {
      const { value: oldest } = this.#entries.keys().next();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, until: this.now() + this.milliseconds });
  }
}
