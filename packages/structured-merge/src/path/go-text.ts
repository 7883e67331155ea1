import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";

const SHORT: { readonly [character: string]: string } = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

// What Go's strconv.IsPrint refuses: all but letters, marks, numbers, punctuation, symbols and the ASCII space.
const NOT_PLAIN = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

function escaped(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A string as Go's `%q` writes it. */
export function goQuoted(text: string): string {
  return `"${text.replaceAll(NOT_PLAIN, escaped)}"`;
}

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
  if (typeof value === "string") return goQuoted(value);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return `[${value.map((item) => goValue(item, number)).join(",")}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return keys.map((key) => `${key}=${goValue(value[key] ?? null, number)}`).join("");
}
