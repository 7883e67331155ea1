import { ProtobufError } from "./protobuf-error.js";

/** A point in time, as protobuf has it. */
export interface Instant {
  /** Since 1970; negative before. */
  readonly seconds: number;
  /** Whole microseconds within the second. */
  readonly micros: number;
}

/** Go's zero time, the first second of the year 1. */
const YEAR_1 = -62_135_596_800;
const DAY = 86_400;
/** `YYYY-MM-DDThh:mm:ss` in UTC: what the server itself writes. */
const WHOLE_SECONDS = "0000-00-00T00:00:00".length;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|z|[+-]\d\d:\d\d)$/;

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) value = value * 10 + text.charCodeAt(index) - 0x30;
  return value;
}

/** Days since 1970 of a date of the Gregorian calendar. */
function days(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** RFC 3339 as an instant; undefined for Go's zero time. Throws {@link ProtobufError} for what is no time. */
export function instantOf(text: string): Instant | undefined {
  let seconds: number;
  let fraction: string | undefined;
  if (text.length === WHOLE_SECONDS + 1 && text.endsWith("Z")) {
    const date = days(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    seconds = date * DAY + digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60 + digits(text, 17, 2);
  } else {
    const match = RFC_3339.exec(text);
    seconds = match === null ? Number.NaN : Math.floor(Date.parse(text.toUpperCase()) / 1000);
    fraction = match?.[1];
  }
  if (Number.isNaN(seconds)) throw new ProtobufError(`${JSON.stringify(text)} is no time`);
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, "0"));
  return seconds === YEAR_1 && micros === 0 ? undefined : { seconds, micros };
}
