import type { JsonValue } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { BodyError } from "./body-error.js";
import { parseJson } from "./parse-json.js";

/**
 * Any JSON value, for patches: 400 BadRequest `error decoding patch: …` when the body is malformed, not UTF-8 or nested
 * too deeply. Of a repeated member the last value wins.
 */
export function decodeJson(body: Buffer): JsonValue {
  try {
    return parseJson(body).value;
  } catch (error) {
    if (error instanceof BodyError) throw StatusError.badRequest(`error decoding patch: ${error.message}`);
    throw error;
  }
}
