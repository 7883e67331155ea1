import { BodyError } from "./body-error.js";

const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
const TRUES = new Set(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]);
const FALSES = new Set(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]);
const NOT_FINITE = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;
const LEADS_NUMBER = /^[-+.0-9]/;
const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/;
const RADIX = /^([-+]?)(?:0([bB])([01]+)|0([xX])([0-9a-fA-F]+)|0[oO]?([0-7]+))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/**
 * What a plain YAML scalar means, by the YAML 1.1 rules of Go's yaml.v2: `yes` and `on` are booleans, `010` is octal,
 * `1_000` a number; `12:30:45` and dates stay text. A number that JSON cannot carry throws a {@link BodyError}.
 */
export function resolvePlainScalar(text: string): string | number | boolean | null {
  if (NULLS.has(text)) return null;
  if (TRUES.has(text)) return true;
  if (FALSES.has(text)) return false;
  if (!LEADS_NUMBER.test(text)) return text;
  if (NOT_FINITE.test(text)) throw new BodyError(`yaml: unsupported value: ${text}`);
  const plain = text.replaceAll("_", "");
  if (INTEGER.test(plain)) return finite(Number(plain));
  const radix = RADIX.exec(plain);
  if (radix !== null) return finite((radix[1] === "-" ? -1 : 1) * radixValue(radix));
  const float = FLOAT.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(float) ? float : text;
}

function radixValue(match: RegExpExecArray): number {
  const [, , , binary, , hexadecimal, octal] = match;
  if (binary !== undefined) return Number.parseInt(binary, 2);
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  return Number.parseInt(octal ?? "0", 8);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new BodyError("yaml: a number is out of range");
  return value;
}
