import type { Decrypted, EncryptionProvider } from "../contract/encryption.js";
import type { NamedKey } from "./named-key.js";

/** What one key does to values. `context` is authenticated where the cipher can. */
export interface ValueCipher {
  seal(value: Buffer, context: string): Buffer;
  /** Throws for what the key did not seal. */
  open(sealed: Buffer, context: string): Buffer;
}

/** What kind of keys a provider takes. */
export interface KeyedCipher {
  /** `k8s:enc:aescbc:v1:`. */
  readonly prefix: string;
  /** How the provider is called in errors: `AES`. */
  readonly name: string;
  /** Lengths in bytes that a key may have. */
  readonly keyBytes: readonly number[];
  cipher(key: Buffer): ValueCipher;
}

/** A key that cannot be used, with its place in the options; never with the key. */
class EncryptionKeyError extends Error {
  override readonly name = "EncryptionKeyError";
}

interface Entry {
  /** The key's name with its colon, as it stands before a value. */
  readonly mark: Buffer;
  readonly cipher: ValueCipher;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function secretOf({ secret }: NamedKey, place: string, keyBytes: readonly number[]): Buffer {
  // Go's decoder skips line breaks, which YAML blocks bring along.
  const text = secret.replace(/[\r\n]/g, "");
  if (!BASE64.test(text)) throw new EncryptionKeyError(`${place}.secret: secrets must be base64 encoded`);
  const key = Buffer.from(text, "base64");
  if (keyBytes.includes(key.length)) return key;
  const expected = `got ${key.length}, expected one of [${keyBytes.join(" ")}]`;
  throw new EncryptionKeyError(`${place}.secret: secret is not of the expected length, ${expected}`);
}

/**
 * An encryption provider with several keys, as upstream's aescbc, aesgcm and secretbox: each value begins with the name of
 * its key, the first key encrypts, what another one encrypted is stale. Two keys may have one name while one takes the
 * other's place: then each is tried.
 */
export abstract class KeyedEncryption implements EncryptionProvider {
  readonly prefix: string;
  readonly #name: string;
  readonly #entries: readonly Entry[];

  constructor(keys: readonly NamedKey[], { prefix, name, keyBytes, cipher }: KeyedCipher) {
    this.prefix = prefix;
    this.#name = name;
    this.#entries = keys.map((key, index) => ({
      mark: Buffer.from(`${key.name}:`),
      cipher: cipher(secretOf(key, `keys[${index}]`, keyBytes)),
    }));
  }

  encrypt(value: Buffer, context: string): Buffer {
    const [first] = this.#entries;
    if (first === undefined) throw new EncryptionKeyError("keys: at least one keys is required");
    return Buffer.concat([first.mark, first.cipher.seal(value, context)]);
  }

  decrypt(value: Buffer, context: string): Decrypted {
    let failure: unknown;
    for (const [index, { mark, cipher }] of this.#entries.entries()) {
      if (value.length < mark.length || mark.compare(value, 0, mark.length) !== 0) continue;
      try {
        return { value: cipher.open(value.subarray(mark.length), context), stale: index > 0 };
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure ?? new EncryptionKeyError(`no matching key was found for the provided ${this.#name} transformer`);
  }
}
