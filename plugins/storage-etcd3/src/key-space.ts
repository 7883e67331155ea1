import { InvalidKeyError } from "@quarterdeck/sdk";

const LONE_SURROGATE = /\p{Surrogate}/u;
const ZERO = Buffer.from([0]);

/** The key by which the servers on one etcd agree who compacts; no key of the store. */
export const COMPACT_REVISION_KEY = "compact_rev_key";

/** A range of keys as etcd takes it: from `key` to before `end`; a zero byte stands for no bound. */
export interface KeyRange {
  readonly key: Buffer;
  readonly end: Buffer;
}

/** All keys of an etcd, also those that are not of the store. */
export const EVERY_KEY: KeyRange = { key: ZERO, end: ZERO };

/** How the keys of the store are named in etcd: as they are, behind a prefix. */
export class KeySpace {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** A key of the store that may be read to see whether etcd answers; nothing is ever put there. */
  get probe(): Buffer {
    return this.encode("/registry/health");
  }

  /** Throws {@link InvalidKeyError} for a key that etcd would not take or would not give back as it is. */
  encode(key: string): Buffer {
    if (key === "" || LONE_SURROGATE.test(key)) {
      throw new InvalidKeyError(key, "is not well-formed");
    }
    return Buffer.from(this.#prefix + key);
  }

  /** The store's key; undefined for one that is not of the store. */
  decode(bytes: Buffer): string | undefined {
    const key = bytes.toString();
    if (!key.startsWith(this.#prefix) || key === COMPACT_REVISION_KEY) {
      return undefined;
    }
    return this.#prefix === "" ? key : key.slice(this.#prefix.length);
  }

  /** The range of a single key. */
  one(key: string): KeyRange {
    const bytes = this.encode(key);
    return { key: bytes, end: Buffer.concat([bytes, ZERO]) };
  }

  /** The range of all keys with a prefix, from behind `after` on. */
  range(prefix: string, after?: string): KeyRange {
    const first = Buffer.from(this.#prefix + prefix);
    const range = { key: first.length === 0 ? ZERO : first, end: endOf(first) };
    if (after === undefined) {
      return range;
    }
    const next = Buffer.concat([Buffer.from(this.#prefix + after), ZERO]);
    return Buffer.compare(next, range.key) > 0 ? { ...range, key: next } : range;
  }

  /** Whether a range has room for the one key that is not of the store. */
  holdsForeignKey({ key, end }: KeyRange): boolean {
    const foreign = Buffer.from(COMPACT_REVISION_KEY);
    return Buffer.compare(key, foreign) <= 0 && (end.equals(ZERO) || Buffer.compare(foreign, end) < 0);
  }
}

/** The least key behind all that begin with these bytes. */
function endOf(prefix: Buffer): Buffer {
  for (let at = prefix.length - 1; at >= 0; at--) {
    const byte = prefix[at] ?? 0;
    if (byte < 0xff) {
      return Buffer.concat([prefix.subarray(0, at), Buffer.from([byte + 1])]);
    }
  }
  return ZERO;
}
