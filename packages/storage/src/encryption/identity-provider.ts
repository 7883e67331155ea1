import type { Decrypted, EncryptionProvider } from "@quarterdeck/sdk";

/** What every encrypted value begins with; no object does. */
const ENCRYPTED = Buffer.from("k8s:enc:");

/** Whether a stored value was encrypted by upstream's format. */
export function isEncrypted(value: Buffer): boolean {
  return value[0] === ENCRYPTED[0] && value.length >= ENCRYPTED.length && ENCRYPTED.equals(value.subarray(0, 8));
}

/** A value that somebody encrypted was to be read as it is. */
export class EncryptedValueError extends Error {
  override readonly name = "EncryptedValueError";

  constructor() {
    super("identity transformer tried to read encrypted data");
  }
}

/** Upstream's `identity`: values as they are, and never an encrypted one in place of an object. */
export const IDENTITY: EncryptionProvider = {
  prefix: "",
  encrypt: (value) => value,
  decrypt(value): Decrypted {
    if (isEncrypted(value)) throw new EncryptedValueError();
    return { value, stale: false };
  },
};
