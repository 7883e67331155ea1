export { encodeOpenApiV2 } from "./encode-openapi-v2.js";
export { encodeOpenApiV3 } from "./encode-openapi-v3.js";
