export * from "./admission-chain.js";
