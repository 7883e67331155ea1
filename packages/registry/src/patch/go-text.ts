import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";

const MAX_TEXT = 1024;

/** Text that stops growing once there is enough of it. */
class BoundedText {
  text = "";

  get full(): boolean {
    return this.text.length > MAX_TEXT;
  }

  value(value: JsonValue | undefined): void {
    if (value === null || value === undefined) this.text += "<nil>";
    else if (Array.isArray(value)) this.#list("[", value, (item) => this.value(item));
    else if (isJsonObject(value)) this.#list("map[", Object.keys(value).sort(), (key) => this.#member(key, value[key]));
    else this.text += String(value);
  }

  #member(key: string, value: JsonValue | undefined): void {
    this.text += `${key}:`;
    this.value(value);
  }

  #list<T>(start: string, items: readonly T[], write: (item: T) => void): void {
    this.text += start;
    for (const [index, item] of items.entries()) {
      if (this.full) return;
      if (index > 0) this.text += " ";
      write(item);
    }
    this.text += "]";
  }
}

/** A value as upstream's messages show it: `map[a:1 b:[x y]]`, with sorted keys, cut off after 1024 characters. */
export function goText(value: JsonValue): string {
  const written = new BoundedText();
  written.value(value);
  return written.full ? `${written.text.slice(0, MAX_TEXT)} ...` : written.text;
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
