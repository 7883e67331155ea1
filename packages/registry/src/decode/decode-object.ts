import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { checkType } from "./check-type.js";
import { DecodeError } from "./decode-error.js";
import { inOrder } from "./path-order.js";
import { readObject } from "./read-object.js";
import { strictComplaints } from "./strict-complaints.js";

/**
 * Reads a request body into an object of the request's version, as fieldValidation asks: `Strict` refuses unknown and
 * repeated fields with 400, `Warn` warns of each, `Ignore` says nothing. Throws 400 BadRequest for a body of another
 * kind or shape.
 */
export function decodeObject(resource: RegistryResource, request: WriteRequest, body: DecodedBody): KubeObject {
  const { version } = request;
  checkType(resource.descriptor, version, body.object);
  try {
    const unknown: string[] = [];
    const object = readObject(resource.descriptor, version, body.object, unknown);
    const told = body.repeats === undefined ? inOrder(unknown, body.object) : unknown;
    const complaints = strictComplaints(request, told, body);
    if (complaints !== undefined) throw new DecodeError(complaints);
    return object;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { kind } = version;
    throw StatusError.badRequest(
      `${kind} in version ${JSON.stringify(version.version)} cannot be handled as a ${kind}: ${error.message}`,
    );
  }
}
