import { type ParsedJson, parseJson } from "./parse-json.js";

const OPEN_BRACE = 0x7b;

/**
 * Reads a body that is sent as YAML, as `parseYaml` does. Clients that speak YAML mostly send JSON under its name, which is
 * read at a fraction of the cost; the parser of YAML is loaded when it is first needed. Throws a `BodyError`.
 */
export async function parseYamlBody(body: Buffer): Promise<ParsedJson> {
  if (body[0] === OPEN_BRACE) {
    try {
      const parsed = parseJson(body);
      if (parsed.duplicates.length === 0) return { ...parsed, repeats: [] };
    } catch {
      // A flow mapping: what is wrong with it, if anything, is for the YAML parser to say.
    }
  }
  const { parseYaml } = await import("./parse-yaml.js");
  return parseYaml(body);
}
