import {
  formatGoDuration,
  InvalidDurationError,
  InvalidTimeError,
  illegalByte,
  type JsonValue,
  parseGoDuration,
  parseGoTime,
  Quantity,
  QuantityError,
} from "@quarterdeck/meta";
import type { ValueForm } from "@quarterdeck/sdk";

/** A value of no such form; the message is the one of Go's decoder. */
export class MalformedValueError extends Error {
  override readonly name = "MalformedValueError";
}

const NANOSECONDS = 1e6;
const MICROSECOND_DIGITS = 6;

function microTime(text: string): string {
  const { seconds, fraction } = parseGoTime(text, "2006-01-02T15:04:05.000000Z07:00");
  return `${seconds}.${fraction.slice(0, MICROSECOND_DIGITS).padEnd(MICROSECOND_DIGITS, "0")}Z`;
}

function base64(text: string): string {
  const at = illegalByte(text);
  if (at !== undefined) throw new MalformedValueError(`illegal base64 data at input byte ${at}`);
  const plain = text.replace(/[\r\n]/g, "");
  if (!plain.endsWith("=")) return plain;
  // What is in the last character beyond the last byte is not looked at, and not kept.
  return `${plain.slice(0, -4)}${Buffer.from(plain.slice(-4), "base64").toString("base64")}`;
}

/** Forms that texts have. */
export type TextForm = Exclude<ValueForm, "json">;

/** Brings a text to each form; throws what says in Go's words that it has none. */
const FORMS: { readonly [form in TextForm]: (text: string) => string } = {
  time: (text) => `${parseGoTime(text, "2006-01-02T15:04:05Z07:00").seconds}Z`,
  "micro-time": microTime,
  duration: (text) => formatGoDuration(Math.round(parseGoDuration(text) * NANOSECONDS)),
  quantity: (text) => Quantity.parse(text.trim()).toString(),
  bytes: base64,
};

function formed(form: TextForm, text: string): string {
  try {
    return FORMS[form](text);
  } catch (error) {
    const told =
      error instanceof InvalidTimeError || error instanceof InvalidDurationError || error instanceof QuantityError;
    throw told ? new MalformedValueError(error.message) : error;
  }
}

/** The text of a value in a form; undefined for a value of another type. Throws {@link MalformedValueError}. */
export function valueText(form: TextForm, value: JsonValue): string | undefined {
  if (typeof value === "string") return formed(form, value);
  // Quantities read themselves whatever is there.
  return form === "quantity" ? formed(form, JSON.stringify(value)) : undefined;
}
