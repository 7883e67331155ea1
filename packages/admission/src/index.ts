export * from "./admission-chain.js";
export * from "./admission-switch.js";
export * from "./create-admission-chain.js";
