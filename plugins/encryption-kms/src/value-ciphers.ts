import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const INFO = 32;
const NONCE = 12;
const TAG = 16;

/** A value that was not sealed like this; in upstream's words. */
class SealedValueError extends Error {
  override readonly name = "SealedValueError";
}

function seal(key: Buffer, value: Buffer, context: string, head: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([head, nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed.length < NONCE + TAG) throw new SealedValueError("the stored data was shorter than the required size");
  const end = sealed.length - TAG;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(end));
  const value = decipher.update(sealed.subarray(NONCE, end));
  try {
    decipher.final();
  } catch {
    throw new SealedValueError("cipher: message authentication failed");
  }
  return value;
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
    return seal(this.#key(info), value, context, info);
  }

  open(sealed: Buffer, context: string): Buffer {
    if (sealed.length < INFO) throw new SealedValueError("the stored data was shorter than the required size");
    return open(this.#key(sealed.subarray(0, INFO)), sealed.subarray(INFO), context);
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
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new SealedValueError(`invalid key length ${key.length}`);
  }

  open(sealed: Buffer, context: string): Buffer {
    return open(this.key, sealed, context);
  }
}
