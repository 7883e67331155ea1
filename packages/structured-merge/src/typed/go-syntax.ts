import { isJsonObject, type JsonValue, quoteText } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";
import { goNumber } from "../path/go-text.js";

/** The Go type of a decoded JSON value, as `%T` writes it. */
export function goType(value: JsonValue): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return "[]interface {}";
  if (typeof value === "object") return "map[string]interface {}";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : "string";
}

/** A decoded JSON value as Go's `%v` writes it. */
export function goPlain(value: JsonValue): string {
  if (value === null) return "<nil>";
  if (typeof value === "number") return goNumber(value);
  if (Array.isArray(value)) return `[${value.map(goPlain).join(" ")}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return `map[${keys.map((key) => `${key}:${goPlain(value[key] ?? null)}`).join(" ")}]`;
}

/** A decoded JSON value as Go's `%#v` writes it. */
export function goLiteral(value: JsonValue): string {
  if (value === null) return "interface {}(nil)";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number") return goNumber(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goLiteral).join(", ")}}`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return `map[string]interface {}{${keys.map((key) => `${quoteText(key)}:${goLiteral(value[key] ?? null)}`).join(", ")}}`;
}
