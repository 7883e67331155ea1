import { InvalidTimeError, type JsonValue, parseGoTime } from "@quarterdeck/meta";
import { DecodeError, unmarshalError } from "./decode-error.js";

/** A time as RFC 3339 in UTC with whole seconds; a {@link DecodeError} that names the field of the Go struct. */
export function decodeTime(value: JsonValue, structField: string): string {
  if (typeof value !== "string") throw unmarshalError(value, structField, "string");
  try {
    return `${parseGoTime(value, "2006-01-02T15:04:05Z07:00").seconds}Z`;
  } catch (error) {
    if (error instanceof InvalidTimeError) throw new DecodeError(error.message);
    throw error;
  }
}
