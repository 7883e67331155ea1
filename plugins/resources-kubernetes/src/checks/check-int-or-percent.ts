import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "./check-number.js";

const PERCENT = /^[0-9]+%$/;
const PERCENT_TEXT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for " +
  "validation is '[0-9]+%')";
const MAX_INT64 = 9_223_372_036_854_775_807n;

/** The number of a percentage, such as 25 of `25%`; undefined for what is none. As Go does, it stops at 64 bits. */
function percentOf(value: number | string): number | undefined {
  if (typeof value === "number" || !PERCENT.test(value)) return undefined;
  const percent = BigInt(value.slice(0, -1));
  return Number(percent > MAX_INT64 ? MAX_INT64 : percent);
}

/** What a number or a percentage comes to, to tell nothing from something: 25 for `25` and `25%`, 0 for what is neither. */
export function intOrPercentValue(value: number | string): number {
  if (typeof value === "number") return value;
  return percentOf(value) ?? (/^[-+]?\d+$/.test(value) ? Number(value) : 0);
}

/** A number that is not below 0, or a percentage; upstream's `ValidatePositiveIntOrPercent`. */
export function checkIntOrPercent(value: number | string, path: string, errors: FieldErrors): void {
  if (typeof value === "number") checkNonnegative(value, path, errors);
  else if (!PERCENT.test(value)) errors.invalid(path, value, PERCENT_TEXT);
}

/** Refuses a percentage above 100; upstream's `IsNotMoreThan100Percent`. */
export function checkAtMostWhole(value: number | string, path: string, errors: FieldErrors): void {
  const percent = percentOf(value);
  if (percent !== undefined && percent > 100) errors.invalid(path, value, "must not be greater than 100%");
}
