export * from "./certificate-request.js";
export * from "./certificate-request-loop.js";
export * from "./certificate-requests.js";
export * from "./certificate-usages.js";
