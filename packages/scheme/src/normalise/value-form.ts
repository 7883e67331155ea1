import {
  formatGoDuration,
  InvalidDurationError,
  illegalByte,
  type JsonValue,
  parseGoDuration,
  Quantity,
  QuantityError,
} from "@quarterdeck/meta";
import type { ValueForm } from "@quarterdeck/sdk";

/** A value of no such form; the message is the one of Go's decoder. */
export class MalformedValueError extends Error {
  override readonly name = "MalformedValueError";
}

// date, time, optional fraction, zone: what Go's RFC 3339 layouts take
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[-+]\d\d:\d\d)$/;
const NANOSECONDS = 1e6;

function seconds(text: string, layout: string): string {
  const milliseconds = text.length <= 40 && TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString().slice(0, 19);
  const quoted = JSON.stringify(text);
  throw new MalformedValueError(`parsing time ${quoted} as "${layout}": cannot parse ${quoted} as "2006"`);
}

function microseconds(text: string): string {
  const fraction = TIME.exec(text)?.[1] ?? "";
  return fraction.slice(0, 6).padEnd(6, "0");
}

function duration(text: string): string {
  try {
    return formatGoDuration(Math.round(parseGoDuration(text) * NANOSECONDS));
  } catch (error) {
    if (error instanceof InvalidDurationError) throw new MalformedValueError(error.message);
    throw error;
  }
}

function quantity(text: string): string {
  try {
    return Quantity.parse(text).toString();
  } catch (error) {
    if (error instanceof QuantityError) throw new MalformedValueError(error.message);
    throw error;
  }
}

function base64(text: string): string {
  const at = illegalByte(text);
  if (at !== undefined) throw new MalformedValueError(`illegal base64 data at input byte ${at}`);
  const plain = text.replace(/[\r\n]/g, "");
  if (!plain.endsWith("=")) return plain;
  // What is in the last character beyond the last byte is not looked at, and not kept.
  return `${plain.slice(0, -4)}${Buffer.from(plain.slice(-4), "base64").toString("base64")}`;
}

/** Brings a text to each form. */
const FORMS: { readonly [form in ValueForm]: (text: string) => string } = {
  time: (text) => `${seconds(text, "2006-01-02T15:04:05Z07:00")}Z`,
  "micro-time": (text) => `${seconds(text, "2006-01-02T15:04:05.000000Z07:00")}.${microseconds(text)}Z`,
  duration,
  quantity,
  bytes: base64,
};

/** The text of a value in a form; undefined for a value of another type. Throws {@link MalformedValueError}. */
export function valueText(form: ValueForm, value: JsonValue): string | undefined {
  if (typeof value === "string") return FORMS[form](value);
  return form === "quantity" && typeof value === "number" ? quantity(String(value)) : undefined;
}
