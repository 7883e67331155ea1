import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";

const MAX_TEXT = 1024;

/** Adds the text of a value, until there is enough. */
function write(value: JsonValue | undefined, parts: { text: string }): void {
  if (parts.text.length > MAX_TEXT) return;
  if (value === null || value === undefined) parts.text += "<nil>";
  else if (Array.isArray(value)) {
    parts.text += "[";
    for (const [index, item] of value.entries()) {
      if (parts.text.length > MAX_TEXT) break;
      if (index > 0) parts.text += " ";
      write(item, parts);
    }
    parts.text += "]";
  } else if (isJsonObject(value)) {
    parts.text += "map[";
    for (const [index, key] of Object.keys(value).sort().entries()) {
      if (parts.text.length > MAX_TEXT) break;
      parts.text += `${index > 0 ? " " : ""}${key}:`;
      write(value[key], parts);
    }
    parts.text += "]";
  } else parts.text += String(value);
}

/** A value as upstream's messages show it: `map[a:1 b:[x y]]`, with sorted keys, cut off after 1024 characters. */
export function goText(value: JsonValue): string {
  const parts = { text: "" };
  write(value, parts);
  return parts.text.length > MAX_TEXT ? `${parts.text.slice(0, MAX_TEXT)} ...` : parts.text;
}

/** The type of a value as upstream's messages show it. */
export function goType(value: JsonValue): string {
  if (value === null) return "%!s(<nil>)";
  if (Array.isArray(value)) return "[]interface {}";
  if (isJsonObject(value)) return "map[string]interface {}";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return "string";
}
