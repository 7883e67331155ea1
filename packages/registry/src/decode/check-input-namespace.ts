import { isJsonObject, StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import type { WriteRequest } from "../registry-resource.js";

/** 400 BadRequest for the body of a subresource that says to be in another namespace than the request. */
export function checkInputNamespace(request: WriteRequest, body: DecodedBody | undefined): void {
  const metadata = body?.object.metadata;
  const namespace = isJsonObject(metadata) ? metadata.namespace : undefined;
  if (typeof namespace !== "string" || namespace === "" || request.namespace === "") return;
  if (namespace !== request.namespace)
    throw StatusError.badRequest(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
}
