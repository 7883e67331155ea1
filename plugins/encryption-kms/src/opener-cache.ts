import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.js";
import { type EncryptedObject, encodeSeed, SEED_TYPES } from "./encrypted-object.js";
import type { KeyService } from "./key-service.js";
import { PlainKeyOpener, SeededCipher, type ValueOpener } from "./value-ciphers.js";

/** How long a decrypted seed is kept, as upstream. */
const LIFE = 24 * 3_600_000;

/** A seed could not be decrypted; upstream's words. */
class SeedDecryptionError extends Error {
  override readonly name = "SeedDecryptionError";
}

/** Seeds that the key service decrypted, by what they are stored as; each is asked for once, however many values need it. */
export class OpenerCache {
  readonly #openers = new Map<string, { readonly opener: ValueOpener; readonly until: number }>();
  readonly #asked = new Map<string, Promise<ValueOpener>>();

  constructor(
    private readonly service: KeyService,
    private readonly clock: Clock,
  ) {}

  /** What opens the value when its seed is at hand, else a promise of it. */
  of(object: EncryptedObject): ValueOpener | Promise<ValueOpener> {
    const key = encodeSeed(object).toString("latin1");
    const known = this.#openers.get(key);
    if (known !== undefined && this.clock.now() < known.until) return known.opener;
    let asked = this.#asked.get(key);
    if (asked === undefined) {
      asked = this.#ask(key, object).finally(() => this.#asked.delete(key));
      this.#asked.set(key, asked);
    }
    return asked;
  }

  /** Keeps the opener of a seed that is known already, from now on. */
  keep(encoded: Buffer, opener: ValueOpener): void {
    this.#keep(encoded.toString("latin1"), opener);
  }

  async #ask(key: string, { seed, keyId, annotations, seedType }: EncryptedObject): Promise<ValueOpener> {
    const request = { ciphertext: seed, keyId, annotations };
    const plain = await this.service.decrypt(randomUUID(), request).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new SeedDecryptionError(`failed to decrypt DEK, error: ${why}`, { cause: error });
    });
    const opener = seedType === SEED_TYPES.hkdf ? new SeededCipher(plain) : new PlainKeyOpener(plain);
    this.#keep(key, opener);
    return opener;
  }

  #keep(key: string, opener: ValueOpener): void {
    const now = this.clock.now();
    for (const [other, { until }] of this.#openers) if (until <= now) this.#openers.delete(other);
    this.#openers.set(key, { opener, until: now + LIFE });
  }
}
