import { StatusError } from "@quarterdeck/meta";
import { CBOR_APPLY_TYPE, CBOR_TYPE } from "../cbor/cbor-type.js";
import { decodeBody } from "./decode-body.js";
import type { DecodedBody } from "./decoded-body.js";

/**
 * Reads the body of a server-side apply, which is YAML or JSON, or CBOR under its type; 400 BadRequest when it is none of these,
 * or no object.
 */
export async function decodeConfiguration(body: Buffer, contentType = ""): Promise<DecodedBody> {
  const cbor = contentType.toLowerCase().startsWith(CBOR_APPLY_TYPE);
  try {
    return await decodeBody(cbor ? CBOR_TYPE : "application/yaml", body, undefined, { cbor });
  } catch (error) {
    if (!StatusError.is(error)) throw error;
    throw StatusError.badRequest(`error decoding ${cbor ? "CBOR" : "YAML"}: ${error.message}`);
  }
}
