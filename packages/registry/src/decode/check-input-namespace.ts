import { isJsonObject } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { otherNamespace } from "../prepare/match-request.js";
import type { WriteRequest } from "../registry-resource.js";

/** 400 BadRequest for the body of a subresource that says to be in another namespace than the request. */
export function checkInputNamespace(request: WriteRequest, body: DecodedBody | undefined): void {
  const metadata = body?.object.metadata;
  const namespace = isJsonObject(metadata) ? metadata.namespace : undefined;
  if (typeof namespace !== "string" || namespace === "" || request.namespace === "") return;
  if (namespace !== request.namespace) throw otherNamespace();
}
