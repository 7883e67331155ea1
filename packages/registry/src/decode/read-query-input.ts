import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { StatusError, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { VIEW_KEYS } from "./read-input.js";

/**
 * The parameters of a query as the fields of options, as upstream converts `url.Values`: a flag without a value is true, lists
 * take all values and the rest the first one; what the schema does not know is left out. 400 BadRequest for a number that is none.
 */
export function readQueryInput(schema: StructuralSchema | undefined, query: URLSearchParams): JsonObject {
  const input: JsonObject = {};
  for (const [name, field] of Object.entries(schema?.properties ?? {})) {
    if (VIEW_KEYS.some((one) => one === name) || !query.has(name)) continue;
    const values = query.getAll(name);
    setOwn(input, name, field.type === "array" ? values : readValue(name, field.type, values[0] ?? ""));
  }
  return input;
}

function readValue(name: string, type: string | undefined, text: string): JsonValue {
  switch (type) {
    case "boolean":
      return text !== "0" && text.toLowerCase() !== "false";
    case "integer":
      return readNumber(name, text, /^[+-]?[0-9]+$/);
    case "number":
      return readNumber(name, text, /^[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?$/);
    default:
      return text;
  }
}

function readNumber(name: string, text: string, form: RegExp): number {
  if (form.test(text)) return Number(text);
  throw StatusError.badRequest(`${name}: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
