import { identityKey, type ObjectIdentity } from "./object-identity.js";

/** What is known of an owner that does not exist. */
export interface AbsentOwner {
  /** Whether it exists in another namespace; undefined until somebody has looked. */
  elsewhere?: boolean;
}

/** Owners that are known not to exist; the ones that were asked for least recently are forgotten first. */
export class AbsentOwners {
  readonly #owners = new Map<string, AbsentOwner>();

  /** @param most How many are remembered. */
  constructor(private readonly most: number) {}

  add(owner: ObjectIdentity): AbsentOwner {
    const added = this.#refresh(identityKey(owner), {});
    for (const oldest of this.#owners.keys()) {
      if (this.#owners.size <= this.most) break;
      this.#owners.delete(oldest);
    }
    return added;
  }

  get(owner: ObjectIdentity): AbsentOwner | undefined {
    const key = identityKey(owner);
    const known = this.#owners.get(key);
    return known === undefined ? undefined : this.#refresh(key, known);
  }

  #refresh(key: string, owner: AbsentOwner): AbsentOwner {
    this.#owners.delete(key);
    this.#owners.set(key, owner);
    return owner;
  }
}
