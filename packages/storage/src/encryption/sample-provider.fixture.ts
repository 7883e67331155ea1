import type { Decrypted, EncryptionProvider } from "@quarterdeck/sdk";

/** A provider for tests that turns bytes around by a number; with `late` it answers by promises. */
export class SampleProvider implements EncryptionProvider {
  readonly prefix: string;
  /** How many values it was asked to decrypt. */
  decrypted = 0;
  /** Set to make it fail. */
  failure: Error | undefined;

  constructor(
    private readonly key: number,
    private readonly late = false,
  ) {
    this.prefix = `k8s:enc:sample${key}:v1:`;
  }

  encrypt(value: Buffer, context: string): Buffer | Promise<Buffer> {
    if (this.failure !== undefined) throw this.failure;
    const encrypted = Buffer.concat([Buffer.from(`${context.length}:`), this.#turn(value)]);
    return this.late ? Promise.resolve(encrypted) : encrypted;
  }

  decrypt(value: Buffer, context: string): Decrypted | Promise<Decrypted> {
    this.decrypted++;
    if (this.failure !== undefined) throw this.failure;
    const mark = `${context.length}:`;
    if (value.toString("latin1", 0, mark.length) !== mark) throw new Error("another context");
    const decrypted = { value: this.#turn(value.subarray(mark.length)), stale: false };
    // Longer than one turn, so that whoever does not wait for it is found out.
    return this.late ? new Promise((resolve) => setImmediate(() => resolve(decrypted))) : decrypted;
  }

  #turn(value: Buffer): Buffer {
    return Buffer.from(value.map((byte) => byte ^ this.key));
  }
}
