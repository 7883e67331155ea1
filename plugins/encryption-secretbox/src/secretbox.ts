import { randomBytes } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { KeyedEncryption, NamedKeys, type ValueCipher } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class SecretboxOptions extends NamedKeys {}

const NONCE = 24;
const OVERHEAD = 16;

/** A stored value that this key did not seal; in upstream's words. */
class SecretboxValueError extends Error {
  override readonly name = "SecretboxValueError";
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Nonce (24 bytes, random) and NaCl's secretbox: XSalsa20 with Poly1305. */
class SecretboxCipher implements ValueCipher {
  constructor(private readonly key: Buffer) {}

  seal(value: Buffer): Buffer {
    const nonce = randomBytes(NONCE);
    return Buffer.concat([nonce, xsalsa20poly1305(this.key, nonce).encrypt(value)]);
  }

  open(sealed: Buffer): Buffer {
    if (sealed.length < NONCE + OVERHEAD) {
      throw new SecretboxValueError("the stored data was shorter than the required size");
    }
    try {
      return asBuffer(xsalsa20poly1305(this.key, sealed.subarray(0, NONCE)).decrypt(sealed.subarray(NONCE)));
    } catch {
      throw new SecretboxValueError("output array was not large enough for encryption");
    }
  }
}

/** Upstream's `secretbox`: fast and authenticated, though not bound to the key of the store. */
export class Secretbox extends KeyedEncryption {
  constructor({ keys }: SecretboxOptions) {
    super(keys, {
      prefix: "k8s:enc:secretbox:v1:",
      name: "Secretbox",
      keyBytes: [32],
      cipher: (key) => new SecretboxCipher(key),
    });
  }
}
