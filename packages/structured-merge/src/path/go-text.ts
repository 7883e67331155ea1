import { isJsonObject, type JsonValue, quoteText } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";

/** A number as Go's `%v` writes a float: the shortest form, with an exponent below 1e-4 and from 1e6 on. */
function goFloat(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** A number as Go's `%v` writes one of a decoded object, where whole numbers are integers. */
export function goNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : goFloat(value);
}

/**
 * A value as upstream's `value.ToString` writes it, which is how paths name keys. Numbers are floats by default, as they
 * are in paths that were read from managed fields.
 */
export function goValue(value: JsonValue, number: (value: number) => string = goFloat): string {
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return `[${value.map((item) => goValue(item, number)).join(",")}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return keys.map((key) => `${key}=${goValue(value[key] ?? null, number)}`).join("");
}
