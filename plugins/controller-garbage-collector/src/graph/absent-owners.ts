import { identityKey, type ObjectIdentity } from "./object-identity.js";

/** Owners that are known not to exist; the ones that were asked for least recently are forgotten first. */
export class AbsentOwners {
  readonly #keys = new Set<string>();

  /** @param most How many are remembered. */
  constructor(private readonly most: number) {}

  add(owner: ObjectIdentity): void {
    this.#refresh(identityKey(owner));
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.most) return;
      this.#keys.delete(oldest);
    }
  }

  has(owner: ObjectIdentity): boolean {
    const key = identityKey(owner);
    if (!this.#keys.has(key)) return false;
    this.#refresh(key);
    return true;
  }

  #refresh(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
  }
}
