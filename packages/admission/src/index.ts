export * from "./admission-chain.js";
export * from "./create-admission-chain.js";
