export * from "./counted-metrics.js";
export * from "./folder-paths.js";
export * from "./kept-logger.js";
export * from "./made-up-certificates.js";
