import { definePlugin } from "@quarterdeck/sdk";
import { MemoryOptions } from "./memory-options.js";
import { MemoryStorage } from "./memory-storage.js";

export { MemoryOptions, MemoryStorage };

/** The storage plugin `memory`: for tests and experiments, nothing survives the process. */
export default definePlugin({
  kind: "storage",
  name: "memory",
  version: "0.1.0",
  options: MemoryOptions,
  plugin: MemoryStorage,
});
