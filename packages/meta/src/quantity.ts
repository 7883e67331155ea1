/** How a quantity is written: `12e6`, `12Mi` or `12M`. */
export type QuantityFormat = "DecimalExponent" | "BinarySI" | "DecimalSI";

/** A text is no quantity; the message is upstream's. */
export class QuantityError extends Error {
  override readonly name = "QuantityError";
}

const FORM = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";
const WRONG_FORM = `quantities must match the regular expression '${FORM}'`;
const PARTS = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
/** Longer texts are nobody's quantities, and exponents beyond make numbers that take seconds to write down. */
const LONGEST = 256;
const LARGEST_EXPONENT = 1000;

/** Quantities are whole numbers of these: of a unit, a billionth. */
const NANO_DIGITS = 9;
const MILLI_DIGITS = 3;
const UNIT = 10n ** BigInt(NANO_DIGITS);
/** A quantity in the binary format is at most so much. */
const MOST = (2n ** 63n - 1n) * UNIT;
const THOUSAND = 1000n;
const KIBI = 1024n;
/** What upstream's fast path can hold: texts within it are kept as they are when they are canonical as far as it looks. */
const FAST_DIGITS = 18;
const FAST_BINARY_DIGITS = 14;

/** From a billionth on, each a thousand times the one before. */
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

interface Suffix {
  readonly format: QuantityFormat;
  /** Of ten, or of two in the binary format. */
  readonly exponent: number;
}

function readSuffix(suffix: string): Suffix {
  const decimal = DECIMAL.indexOf(suffix);
  if (decimal !== -1) return { format: "DecimalSI", exponent: decimal * 3 - NANO_DIGITS };
  const binary = BINARY.indexOf(suffix);
  if (binary !== -1) return { format: "BinarySI", exponent: binary * 10 };
  const exponent = /^[eE]([-+]?[0-9]+)$/.exec(suffix)?.[1];
  if (exponent === undefined || Math.abs(Number(exponent)) > LARGEST_EXPONENT)
    throw new QuantityError("unable to parse quantity's suffix");
  return { format: "DecimalExponent", exponent: Number(exponent) };
}

/** `digits` × 10^`scale` in billionths; what is smaller than one counts as one. */
function nanosOf(digits: bigint, scale: number): bigint {
  const shift = scale + NANO_DIGITS;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (digits + divisor - 1n) / divisor;
}

/** Takes out factors as long as there are any; both of a number that is not 0. */
function withoutFactors(value: bigint, factor: bigint): readonly [rest: bigint, times: number] {
  let rest = value;
  let times = 0;
  while (rest % factor === 0n) {
    rest /= factor;
    times++;
  }
  return [rest, times];
}

/**
 * A number with a unit, such as `100m` of a processor or `1Gi` of memory; upstream's `resource.Quantity`. It is exact to a
 * billionth, to which parsing rounds up, and has the format in which it was written.
 */
export class Quantity {
  private constructor(
    /** In billionths. */
    private readonly nanos: bigint,
    readonly format: QuantityFormat,
    /** As it was written, when that is good enough. */
    private readonly text?: string,
  ) {}

  /** A whole number. */
  static of(value: number | bigint, format: QuantityFormat = "DecimalSI"): Quantity {
    return new Quantity(BigInt(value) * UNIT, format);
  }

  /** Throws {@link QuantityError}. */
  static parse(text: string): Quantity {
    const [, sign, whole = "", fraction = "", end = ""] = (text.length <= LONGEST && PARTS.exec(text)) || [];
    if (sign === undefined || /^[+-]?\.?(?:[a-zA-Z]|$)/.test(text)) throw new QuantityError(WRONG_FORM);
    const suffix = readSuffix(end);
    const digits = BigInt(whole + fraction || "0");
    const signed = (nanos: bigint): bigint => (sign === "-" ? -nanos : nanos);
    const { format, exponent } = suffix;
    const kept = isKept(suffix, whole, fraction) ? text : undefined;
    if (format !== "BinarySI") return new Quantity(signed(nanosOf(digits, exponent - fraction.length)), format, kept);
    const nanos = nanosOf(digits << BigInt(exponent), -fraction.length);
    const capped = nanos > MOST ? MOST : nanos;
    return new Quantity(signed(capped), capped > 0n && capped < UNIT ? "DecimalSI" : format, kept);
  }

  /** The sum, in the format of this one unless it is 0. */
  add(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.nanos === 0n ? other.format : this.format);
  }

  subtract(other: Quantity): Quantity {
    return new Quantity(this.nanos - other.nanos, this.nanos === 0n ? other.format : this.format);
  }

  /** Below 0, 0 or above 0, as this one is less, the same or more. */
  compare(other: Quantity): number {
    if (this.nanos === other.nanos) return 0;
    return this.nanos < other.nanos ? -1 : 1;
  }

  /** Rounded to so many decimals, away from 0. */
  roundUp(decimals = 0): Quantity {
    const unit = 10n ** BigInt(NANO_DIGITS - decimals);
    const rest = this.nanos % unit;
    if (rest === 0n) return this;
    const step = this.nanos > 0n ? unit - rest : -unit - rest;
    return new Quantity(this.nanos + step, this.format);
  }

  /** In whole units, rounded up away from 0; upstream's `Value`. */
  get units(): bigint {
    return this.roundUp().nanos / UNIT;
  }

  /** In thousandths, rounded up away from 0; upstream's `MilliValue`. */
  get thousandths(): bigint {
    return this.roundUp(MILLI_DIGITS).nanos / 10n ** BigInt(NANO_DIGITS - MILLI_DIGITS);
  }

  get isWhole(): boolean {
    return this.nanos % UNIT === 0n;
  }

  /** The canonical form: no fraction, the largest suffix that leaves none. */
  toString(): string {
    return this.text ?? this.#canonical();
  }

  toJSON(): string {
    return this.toString();
  }

  #canonical(): string {
    if (this.nanos === 0n) return "0";
    const small = this.nanos > -KIBI * UNIT && this.nanos < KIBI * UNIT;
    if (this.format === "BinarySI" && !small && this.isWhole) return this.#binary();
    return this.#decimal();
  }

  #binary(): string {
    const [rest, times] = withoutFactors(this.nanos / UNIT, KIBI);
    const power = Math.min(times, BINARY.length - 1);
    return `${rest * KIBI ** BigInt(times - power)}${BINARY[power]}`;
  }

  #decimal(): string {
    const [rest, times] = withoutFactors(this.nanos, THOUSAND);
    if (this.format === "DecimalExponent") {
      const exponent = times * 3 - NANO_DIGITS;
      return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
    }
    const power = Math.min(times, DECIMAL.length - 1);
    return `${rest * THOUSAND ** BigInt(times - power)}${DECIMAL[power]}`;
  }
}

/** Upstream keeps the text of what its fast path can hold and finds canonical by a look at the last digits. */
function isKept({ format, exponent }: Suffix, whole: string, fraction: string): boolean {
  const num = whole === "" ? "0" : whole;
  const digits = num + fraction;
  if (format === "BinarySI") {
    if (fraction !== "" || digits.length + Math.trunc((exponent * 3) / 10) > FAST_BINARY_DIGITS) return false;
    return (BigInt(digits) & 7n) !== 0n;
  }
  const scale = exponent - fraction.length;
  if (digits.length > FAST_DIGITS || scale < -NANO_DIGITS) return false;
  return scale % 3 === 0 && !digits.endsWith("000") && !digits.startsWith("0");
}
