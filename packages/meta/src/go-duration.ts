const UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** A text that is no Go duration; the message is that of Go's `time.ParseDuration`. */
export class InvalidDurationError extends Error {
  override readonly name = "InvalidDurationError";
}

/** Reads a duration as Go writes it (`1m30s`, `1.5h`, `-2ms`, `0`) in milliseconds; throws {@link InvalidDurationError}. */
export function parseGoDuration(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  let rest = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  if (rest === "0") return 0;
  if (rest === "") throw invalid(text);
  let total = 0;
  while (rest !== "") {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid(text);
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? "";
    if (unit === "") throw new InvalidDurationError(`time: missing unit in duration ${JSON.stringify(text)}`);
    const milliseconds = UNITS.get(unit);
    if (milliseconds === undefined) {
      throw new InvalidDurationError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    }
    rest = rest.slice(unit.length);
    total += Number(number) * milliseconds;
  }
  // Go counts nanoseconds in 64 bits.
  if (total > 9_223_372_036_854) throw invalid(text);
  return sign * total;
}

function invalid(text: string): InvalidDurationError {
  return new InvalidDurationError(`time: invalid duration ${JSON.stringify(text)}`);
}

const NANOSECONDS = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
] as const;

/** Nanoseconds as Go writes a duration: `1h0m0s`, `1.5s`, `20ms`, `0s`. */
export function formatGoDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  const sign = nanoseconds < 0 ? "-" : "";
  const length = Math.abs(nanoseconds);
  if (length < 1e9) {
    const [unit, size] = NANOSECONDS.find(([, one]) => length >= one) ?? ["ns", 1];
    return `${sign}${length / size}${unit}`;
  }
  const seconds = length % 60e9;
  const minutes = Math.floor(length / 60e9);
  const rest = `${seconds / 1e9}s`;
  if (minutes === 0) return sign + rest;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours === 0 ? "" : `${hours}h`}${minutes % 60}m${rest}`;
}
