import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";

// The JSON encoder of upstream escapes what HTML would read, in values though not in names.
const HTML = /[<>&\u2028\u2029]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A value as upstream writes it within a key of `fieldsV1`: keys sorted, `<`, `>` and `&` escaped. */
export function valueText(value: JsonValue): string {
  if (typeof value === "string") return JSON.stringify(value).replaceAll(HTML, escaped);
  if (Array.isArray(value)) return `[${value.map(valueText).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return `{${keys.map((key) => `${valueText(key)}:${valueText(value[key] ?? null)}`).join(",")}}`;
}

/** The keys of an item of an associative list as upstream writes them: `{"port":80,"protocol":"TCP"}`. */
export function keyOfFields(fields: readonly (readonly [string, JsonValue])[]): string {
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`).join(",")}}`;
}
