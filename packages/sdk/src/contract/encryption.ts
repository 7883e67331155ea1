/** A value that was decrypted. */
export interface Decrypted {
  readonly value: Buffer;
  /** True when a write should encrypt it anew: another key than the first was used. */
  readonly stale: boolean;
}

/**
 * Encrypts values before they reach a storage, contract version 1; upstream's `value.Transformer`. What it writes is
 * `prefix` + `encrypt(value)`; what it reads is what stands behind the prefix. `context` is the key of the value in the
 * store: authenticated data, so that a value cannot be moved to another key.
 */
export interface EncryptionProvider {
  /** What stands before every value of it, such as `k8s:enc:aescbc:v1:`; ends with a colon. */
  readonly prefix: string;
  encrypt(value: Buffer, context: string): Buffer | Promise<Buffer>;
  /** Throws or rejects for a value that none of its keys opens. */
  decrypt(value: Buffer, context: string): Decrypted | Promise<Decrypted>;
  /** Fails when it cannot work now, such as a key service that does not answer; for `/readyz`. */
  check?(): void | Promise<void>;
}
