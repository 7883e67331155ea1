export * from "./default-catalogue.js";
export * from "./main.js";
