import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";

// The JSON encoder of upstream escapes what HTML would read, in values though not in names.
const ESCAPED_IN_VALUES = /["\\<>&\u2028\u2029]|[^\P{Cc}\x7f-\x9f]/gu;
const ESCAPED_IN_NAMES = /["\\]|[^\P{Cc}\x7f-\x9f]/gu;

// Most texts hold nothing of the kind, which this tells at a fraction of the cost.
const PLAIN = /^[-\w.:/ ]*$/;

const SHORT: { readonly [character: string]: string } = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
};

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function quoted(text: string, special: RegExp): string {
  return PLAIN.test(text) ? `"${text}"` : `"${text.replaceAll(special, escaped)}"`;
}

function numberText(value: number): string {
  return JSON.stringify(value).replace(/e([+-])(\d)$/, "e$10$2");
}

/** A value as upstream writes it within a key of `fieldsV1`: keys sorted, `<`, `>` and `&` escaped. */
export function valueText(value: JsonValue): string {
  if (typeof value === "string") return quoted(value, ESCAPED_IN_VALUES);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(",")}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return `{${keys.map((key) => `${valueText(key)}:${valueText(value[key] ?? null)}`).join(",")}}`;
}

/** The keys of an item of an associative list as upstream writes them: `{"port":80,"protocol":"TCP"}`. */
export function keyOfFields(fields: readonly (readonly [string, JsonValue])[]): string {
  let text = "";
  for (const [name, value] of fields) {
    text += `${text === "" ? "{" : ","}${quoted(name, ESCAPED_IN_NAMES)}:${valueText(value)}`;
  }
  return text === "" ? "{}" : `${text}}`;
}
