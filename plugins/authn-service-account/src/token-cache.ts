/**
 * What is known of tokens, by their digest. At most twice
 * `limit` are kept: what was not asked for while `limit` others came is forgotten.
 */
export class TokenCache<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(private readonly limit = 4096) {}

  get(key: string): T | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
