import type { JsonValue } from "@quarterdeck/meta";
import { DecodeError, unmarshalError } from "./decode-error.js";

// date, time, optional fraction, zone: what Go's RFC 3339 layout takes
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[-+]\d\d:\d\d)$/;
const LAYOUT = "2006-01-02T15:04:05Z07:00";

/** A time as RFC 3339 in UTC with whole seconds; a {@link DecodeError} that names the field of the Go struct. */
export function decodeTime(value: JsonValue, structField: string): string {
  if (typeof value !== "string") throw unmarshalError(value, structField, "string");
  const milliseconds = value.length <= 40 && TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    const quoted = JSON.stringify(value);
    throw new DecodeError(`parsing time ${quoted} as "${LAYOUT}": cannot parse ${quoted} as "2006"`);
  }
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
