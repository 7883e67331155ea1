import { reasonOf } from "@quarterdeck/meta";
import type { Decrypted, EncryptionProvider } from "@quarterdeck/sdk";
import { ValueTransformError } from "./value-transform-error.js";
import { isPending, type ValueTransformer } from "./value-transformer.js";

/** What is told of one provider's work. */
export type ObserveTransform = (type: "from_storage" | "to_storage", provider: string, failed: boolean) => void;

interface PrefixedProvider {
  readonly provider: EncryptionProvider;
  readonly prefix: Buffer;
  /** As metrics call it. */
  readonly name: string;
}

/** Several reasons as upstream's aggregate writes them. */
function aggregate(errors: readonly unknown[]): ValueTransformError {
  const reasons = [...new Set(errors.map(reasonOf))];
  const text = reasons.length === 1 ? String(reasons[0]) : `[${reasons.join(", ")}]`;
  return new ValueTransformError(text, { cause: errors[0] });
}

function startsWith(value: Buffer, prefix: Buffer): boolean {
  return value.length >= prefix.length && prefix.compare(value, 0, prefix.length) === 0;
}

/**
 * The providers of a resource in the order of the config, as upstream's `NewPrefixTransformers`: the first one writes; a
 * value is read by those whose prefix it has, one after the other until one can, and is stale unless that is the first.
 */
export class PrefixedTransformer implements ValueTransformer {
  readonly #providers: readonly PrefixedProvider[];
  readonly #writer: PrefixedProvider;

  constructor(
    first: EncryptionProvider,
    others: readonly EncryptionProvider[],
    private readonly observe: ObserveTransform = () => {},
    /** Why a value is not read that no provider knows. */
    private readonly unmatched: string = "no matching prefix found",
  ) {
    const prefixed = (provider: EncryptionProvider): PrefixedProvider => {
      const { prefix } = provider;
      return { provider, prefix: Buffer.from(prefix), name: prefix === "" ? "identity" : prefix };
    };
    this.#writer = prefixed(first);
    this.#providers = [this.#writer, ...others.map(prefixed)];
  }

  encrypt(value: Buffer, key: string): Buffer | Promise<Buffer> {
    const { provider, prefix, name } = this.#writer;
    const failed = (error: unknown): never => {
      this.observe("to_storage", name, true);
      throw new ValueTransformError(reasonOf(error), { cause: error });
    };
    const done = (encrypted: Buffer): Buffer => {
      this.observe("to_storage", name, false);
      return prefix.length === 0 ? encrypted : Buffer.concat([prefix, encrypted]);
    };
    try {
      const encrypted = provider.encrypt(value, key);
      return isPending(encrypted) ? encrypted.then(done, failed) : done(encrypted);
    } catch (error) {
      return failed(error);
    }
  }

  decrypt(value: Buffer, key: string): Decrypted | Promise<Decrypted> {
    return this.#decrypt(value, key, 0, []);
  }

  #decrypt(value: Buffer, key: string, from: number, before: readonly unknown[]): Decrypted | Promise<Decrypted> {
    const errors = [...before];
    for (let index = from; index < this.#providers.length; index++) {
      const one = this.#providers[index];
      if (one === undefined || !startsWith(value, one.prefix)) continue;
      try {
        const opened = one.provider.decrypt(value.subarray(one.prefix.length), key);
        if (!isPending(opened)) return this.#opened(opened, index, one);
        return opened.then(
          (late) => this.#opened(late, index, one),
          (error: unknown) => this.#decrypt(value, key, index + 1, [...errors, ...this.#failed(one, error)]),
        );
      } catch (error) {
        errors.push(...this.#failed(one, error));
      }
    }
    if (errors.length > 0) throw aggregate(errors);
    this.observe("from_storage", "unknown", true);
    throw new ValueTransformError(this.unmatched);
  }

  #opened(opened: Decrypted, index: number, { name }: PrefixedProvider): Decrypted {
    this.observe("from_storage", name, false);
    return index === 0 || opened.stale ? opened : { value: opened.value, stale: true };
  }

  /** An encrypted value that `identity` does not take is for the others to read, so that is no error. */
  #failed({ name, prefix }: PrefixedProvider, error: unknown): readonly unknown[] {
    if (prefix.length === 0) return [];
    this.observe("from_storage", name, true);
    return [error];
  }
}
