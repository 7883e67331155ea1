import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { KeyedEncryption, NamedKeys, type ValueCipher } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class AesCbcOptions extends NamedKeys {}

const BLOCK = 16;

/** A stored value that cannot be one of ours; in upstream's words. */
class CbcValueError extends Error {
  override readonly name = "CbcValueError";
}

/** What PKCS #7 was put behind; any length up to all of it counts, as upstream. */
function unpadded(padded: Buffer): Buffer {
  const length = padded.at(-1) ?? 0;
  if (length === 0 || length > padded.length) throw new CbcValueError("invalid PKCS7 data (empty or not padded)");
  const end = padded.length - length;
  if (padded.subarray(end).some((byte) => byte !== length)) throw new CbcValueError("invalid padding on input");
  return padded.subarray(0, end);
}

/** IV (16 bytes) and AES-CBC with PKCS #7 padding; it authenticates nothing. */
class CbcCipher implements ValueCipher {
  readonly #algorithm: string;

  constructor(private readonly key: Buffer) {
    this.#algorithm = `aes-${key.length * 8}-cbc`;
  }

  seal(value: Buffer): Buffer {
    const iv = randomBytes(BLOCK);
    const cipher = createCipheriv(this.#algorithm, this.key, iv);
    return Buffer.concat([iv, cipher.update(value), cipher.final()]);
  }

  open(sealed: Buffer): Buffer {
    if (sealed.length < BLOCK) throw new CbcValueError("the stored data was shorter than the required size");
    if (sealed.length % BLOCK !== 0) {
      throw new CbcValueError("the stored data is not a multiple of the block size");
    }
    const decipher = createDecipheriv(this.#algorithm, this.key, sealed.subarray(0, BLOCK)).setAutoPadding(false);
    return unpadded(Buffer.concat([decipher.update(sealed.subarray(BLOCK)), decipher.final()]));
  }
}

/**
 * Upstream's `aescbc`: AES in CBC mode. Not recommended for new stores: nothing tells whether a value was tampered with, or
 * moved from one key to another.
 */
export class AesCbc extends KeyedEncryption {
  constructor({ keys }: AesCbcOptions) {
    super(keys, {
      prefix: "k8s:enc:aescbc:v1:",
      name: "AES",
      keyBytes: [16, 24, 32],
      cipher: (key) => new CbcCipher(key),
    });
  }
}
