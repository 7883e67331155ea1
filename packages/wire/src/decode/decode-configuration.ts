import { isJsonObject, type JsonValue, jsonTypeName, StatusError } from "@quarterdeck/meta";
import { CBOR_APPLY_TYPE, CBOR_TYPE } from "../cbor/cbor-type.js";
import { BodyError } from "./body-error.js";
import { decodeBody } from "./decode-body.js";
import type { DecodedBody } from "./decoded-body.js";
import type { ParsedJson } from "./parse-json.js";
import { parseYamlBody } from "./parse-yaml-body.js";

/**
 * Reads the body of a server-side apply, which is YAML or JSON, or CBOR under its type; 400 BadRequest when it is none of these,
 * or no object. Nothing counts as an object without members.
 */
export async function decodeConfiguration(body: Buffer, contentType = ""): Promise<DecodedBody> {
  try {
    if (contentType.toLowerCase().startsWith(CBOR_APPLY_TYPE))
      return await decodeBody(CBOR_TYPE, body, undefined, { cbor: true });
    const { value, duplicates, repeats } = await parseConfiguration(body);
    return { object: objectOf(value), duplicates, repeats };
  } catch (error) {
    if (!StatusError.is(error) && !(error instanceof BodyError)) throw error;
    throw StatusError.badRequest(`error decoding patch: ${error.message}`);
  }
}

async function parseConfiguration(body: Buffer): Promise<ParsedJson> {
  try {
    return await parseYamlBody(body);
  } catch (error) {
    throw error instanceof BodyError ? new BodyError(`error converting YAML to JSON: ${error.message}`) : error;
  }
}

function objectOf(value: JsonValue): DecodedBody["object"] {
  if (value === null) return {};
  if (isJsonObject(value)) return value;
  const type = `cannot unmarshal ${jsonTypeName(value)} into Go value of type map[string]interface {}`;
  throw new BodyError(`error unmarshaling JSON: while decoding JSON: json: ${type}`);
}
