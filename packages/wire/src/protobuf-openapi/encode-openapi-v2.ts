import type { JsonObject } from "@quarterdeck/meta";
import { DocumentEncoder } from "./document-encoder.js";
import { OPENAPI_V2_MESSAGES } from "./openapi-v2-messages.js";

const ENCODER = new DocumentEncoder(OPENAPI_V2_MESSAGES);

/**
 * A Swagger 2.0 document as gnostic's `openapi.v2.Document`: what a client gets that accepts
 * `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`. Throws `OpenApiEncodingError` for a key that
 * the protobuf form does not know.
 */
export function encodeOpenApiV2(document: JsonObject): Buffer {
  return ENCODER.encode(document);
}
