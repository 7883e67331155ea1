const NUMBER = "(0|[1-9][0-9]*)";
const PART = "[0-9A-Za-z-]+";
const VERSION = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?(?:\\+${PART}(?:\\.${PART})*)?$`,
);
const DIGITS = /^[0-9]+$/;
const MAX_UINT64 = 18_446_744_073_709_551_615n;

/** A version such as `1.37.0-rc.1`, by which others come before or after it. */
export class SemanticVersion {
  readonly #numbers: readonly bigint[];
  readonly #early: readonly (bigint | string)[];

  private constructor(numbers: readonly bigint[], early: readonly (bigint | string)[]) {
    this.#numbers = numbers;
    this.#early = early;
  }

  /** Undefined for what is no version: three numbers, none with zeros in front or above 64 bits. */
  static parse(text: string): SemanticVersion | undefined {
    const match = VERSION.exec(text);
    if (match === null) return undefined;
    const [, major = "", minor = "", patch = "", tail = ""] = match;
    const parts = tail === "" ? [] : tail.split(".");
    if (parts.some((part) => DIGITS.test(part) && part.length > 1 && part.startsWith("0"))) return undefined;
    const early = parts.map((part) => (DIGITS.test(part) ? BigInt(part) : part));
    const numbers = [major, minor, patch].map(BigInt);
    const all = [...numbers, ...early.filter((part) => typeof part === "bigint")];
    return all.every((number) => number <= MAX_UINT64) ? new SemanticVersion(numbers, early) : undefined;
  }

  /** True for 0.0.0 without anything behind it. */
  get isZero(): boolean {
    return this.#numbers.every((number) => number === 0n) && this.#early.length === 0;
  }

  /** Whether this comes before the other; what is built of it does not count. */
  isBefore(other: SemanticVersion): boolean {
    for (const [index, number] of this.#numbers.entries()) {
      const theirs = other.#numbers[index] ?? 0n;
      if (number !== theirs) return number < theirs;
    }
    if (this.#early.length === 0 || other.#early.length === 0) return this.#early.length > other.#early.length;
    for (const [index, part] of this.#early.entries()) {
      const theirs = other.#early[index];
      if (theirs === undefined) return false;
      if (part === theirs) continue;
      // numbers come before words
      if (typeof part !== typeof theirs) return typeof part === "bigint";
      return part < theirs;
    }
    return this.#early.length < other.#early.length;
  }
}
