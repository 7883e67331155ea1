export * from "./resource-store.js";
export * from "./stored-object.js";
