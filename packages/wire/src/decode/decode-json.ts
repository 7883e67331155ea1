import { StatusError } from "@quarterdeck/meta";
import { BodyError } from "./body-error.js";
import { type ParsedJson, parseJson } from "./parse-json.js";

export type { ParsedJson };

/**
 * Any JSON value, for patches, and the paths of repeated members, of which the last value wins. 400 BadRequest
 * `invalid JSON patch` when the body is malformed, `error decoding patch: …` when it is not UTF-8 or nested too deeply.
 */
export function decodeJson(body: Buffer): ParsedJson {
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    throw StatusError.badRequest(error.isSyntax ? "invalid JSON patch" : `error decoding patch: ${error.message}`);
  }
}
