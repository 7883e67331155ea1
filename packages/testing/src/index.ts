export * from "./server/credential.js";
export type { LogLine } from "./server/memory-logger.js";
export * from "./server/start-test-server.js";
export type { TestRequest } from "./server/test-client.js";
export { type OpenResponse, readLines, readResponse, type TestResponse } from "./server/test-response.js";
