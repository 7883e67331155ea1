import { type CipherGCMTypes, createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { ValueCipher } from "./keyed-encryption.js";

const NONCE = 12;
const TAG = 16;
const ALGORITHMS: { readonly [bytes: number]: CipherGCMTypes } = {
  16: "aes-128-gcm",
  24: "aes-192-gcm",
  32: "aes-256-gcm",
};

/** A stored value that this key did not seal, or not for this key of the store; in upstream's words. */
class GcmValueError extends Error {
  override readonly name = "GcmValueError";
}

/**
 * Nonce (12 bytes, random), AES-GCM with the key of the store as authenticated data, tag (16 bytes); as in upstream's stores.
 * The key has 16, 24 or 32 bytes.
 */
export class GcmCipher implements ValueCipher {
  readonly #algorithm: CipherGCMTypes;

  constructor(private readonly key: Buffer) {
    this.#algorithm = ALGORITHMS[key.length] ?? "aes-256-gcm";
  }

  seal(value: Buffer, context: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(this.#algorithm, this.key, nonce).setAAD(Buffer.from(context));
    return Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed: Buffer, context: string): Buffer {
    if (sealed.length < NONCE + TAG) throw new GcmValueError("the stored data was shorter than the required size");
    const end = sealed.length - TAG;
    const decipher = createDecipheriv(this.#algorithm, this.key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(end));
    const value = decipher.update(sealed.subarray(NONCE, end));
    try {
      decipher.final();
    } catch {
      throw new GcmValueError("cipher: message authentication failed");
    }
    return value;
  }
}
