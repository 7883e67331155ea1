import { isJsonObject } from "@quarterdeck/meta";
import { BodyError } from "./body-error.js";
import type { DecodedBody } from "./decoded-body.js";
import { type ParsedJson, parseJson } from "./parse-json.js";

const OPEN_BRACE = 0x7b;

/**
 * Reads the objects of a file: one of JSON, or YAML documents one after the other, of which empty ones are left out. The
 * YAML parser is loaded on first use. Rejects with an error that says what is wrong with the text.
 */
export async function decodeDocuments(text: Buffer): Promise<readonly DecodedBody[]> {
  const documents = parseOneJson(text) ?? (await import("./parse-yaml.js")).parseYamlDocuments(text);
  return documents
    .filter(({ value }) => value !== null)
    .map(({ value, duplicates }) => {
      if (!isJsonObject(value)) throw new BodyError("a document is no object");
      return { object: value, duplicates };
    });
}

/** Undefined for what is not a single JSON text; then it is for the YAML parser to say what is wrong. */
function parseOneJson(text: Buffer): readonly ParsedJson[] | undefined {
  if (text[0] !== OPEN_BRACE) return undefined;
  try {
    return [parseJson(text)];
  } catch {
    return undefined;
  }
}
