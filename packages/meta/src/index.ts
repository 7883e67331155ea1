export * from "./field-error.js";
export * from "./group-version.js";
export * from "./json.js";
export * from "./object-meta.js";
export * from "./status-error.js";
export * from "./status.js";
export * from "./user-info.js";
