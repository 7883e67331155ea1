import type { Decrypted } from "@quarterdeck/sdk";

/** What a value is on its way into a storage and out of it; upstream's `value.Transformer`. `key` is authenticated. */
export interface ValueTransformer {
  encrypt(value: Buffer, key: string): Buffer | Promise<Buffer>;
  /** Throws or rejects for what it cannot read. */
  decrypt(value: Buffer, key: string): Decrypted | Promise<Decrypted>;
}

/** Whether an answer is still to come; answers that are there cost no promise. */
export function isPending<T extends object>(answer: T | Promise<T>): answer is Promise<T> {
  return "then" in answer;
}
