export * from "./encoded-object.js";
