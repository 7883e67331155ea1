import type { JsonObject } from "@quarterdeck/meta";
import { DocumentEncoder } from "./document-encoder.js";
import { OPENAPI_V3_MESSAGES } from "./openapi-v3-messages.js";

const ENCODER = new DocumentEncoder(OPENAPI_V3_MESSAGES);

/**
 * An OpenAPI 3.0 document as gnostic's `openapi.v3.Document`: what a client gets that accepts
 * `application/com.github.proto-openapi.spec.v3@v1.0+protobuf`. Throws `OpenApiEncodingError` for a key that
 * the protobuf form does not know.
 */
export function encodeOpenApiV3(document: JsonObject): Buffer {
  return ENCODER.encode(document);
}
