import { createHmac, randomBytes } from "node:crypto";
import { GcmCipher } from "@quarterdeck/sdk";

const INFO = 32;

/** A value that was not sealed like this; in upstream's words. */
class SealedValueError extends Error {
  override readonly name = "SealedValueError";
}

/** Opens what one seed sealed. */
export interface ValueOpener {
  open(sealed: Buffer, context: string): Buffer;
}

/**
 * A key of its own for each value: HKDF-Expand (SHA-256) of the seed with 32 random bytes, which stand in front, then
 * AES-256-GCM. One seed is thereby good for any number of values; upstream's `HKDF_SHA256_XNONCE_AES_GCM_SEED`.
 */
export class SeededCipher implements ValueOpener {
  constructor(private readonly seed: Buffer) {
    if (seed.length < INFO) throw new SealedValueError(`invalid seed length ${seed.length} used for key generation`);
  }

  seal(value: Buffer, context: string): Buffer {
    const info = randomBytes(INFO);
    return Buffer.concat([info, new GcmCipher(this.#key(info)).seal(value, context)]);
  }

  open(sealed: Buffer, context: string): Buffer {
    if (sealed.length < INFO) throw new SealedValueError("the stored data was shorter than the required size");
    return new GcmCipher(this.#key(sealed.subarray(0, INFO))).open(sealed.subarray(INFO), context);
  }

  /** The first block of HKDF-Expand is all of a key. */
  #key(info: Buffer): Buffer {
    return createHmac("sha256", this.seed)
      .update(info)
      .update(Buffer.from([1]))
      .digest();
  }
}

/** What upstream wrote before 1.29, with the decrypted bytes as the key: read, never written. */
export class PlainKeyOpener implements ValueOpener {
  readonly #cipher: GcmCipher;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new SealedValueError(`invalid key length ${key.length}`);
    this.#cipher = new GcmCipher(key);
  }

  open(sealed: Buffer, context: string): Buffer {
    return this.#cipher.open(sealed, context);
  }
}
