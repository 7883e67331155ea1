export * from "./descriptor/resource-descriptor.js";
export * from "./schema/structural-schema.js";
