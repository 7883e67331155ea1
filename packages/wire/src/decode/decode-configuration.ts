import { StatusError } from "@quarterdeck/meta";
import { decodeBody } from "./decode-body.js";
import type { DecodedBody } from "./decoded-body.js";

/** Reads the body of a server-side apply, which is YAML or JSON; 400 BadRequest when it is neither, or no object. */
export async function decodeConfiguration(body: Buffer): Promise<DecodedBody> {
  try {
    return await decodeBody("application/yaml", body);
  } catch (error) {
    if (!StatusError.is(error)) throw error;
    throw StatusError.badRequest(`error decoding YAML: ${error.message}`);
  }
}
