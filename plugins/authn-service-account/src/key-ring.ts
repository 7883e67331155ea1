import type { SigningKey, VerificationKey } from "./verification-key.js";

/** The keys of a server: one that signs, and all whose signatures are accepted, that one first. */
export class KeyRing {
  readonly all: readonly VerificationKey[];
  readonly #byId = new Map<string, readonly VerificationKey[]>();

  constructor(
    readonly signing: SigningKey,
    others: readonly VerificationKey[],
  ) {
    for (const key of [signing, ...others]) if (!this.#byId.has(key.id)) this.#byId.set(key.id, [key]);
    this.all = [...this.#byId.values()].flat();
  }

  /** The keys that a token may be signed with: the one that it names, all if it names none. */
  candidates(id: string | undefined): readonly VerificationKey[] {
    return id === undefined ? this.all : (this.#byId.get(id) ?? []);
  }
}
