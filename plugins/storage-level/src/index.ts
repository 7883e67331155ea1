import { definePlugin } from "@quarterdeck/sdk";
import { LevelOptions } from "./level-options.js";
import { LevelStorage } from "./level-storage.js";

export { LevelOptions, LevelStorage };

/** The storage plugin `level`: the default, everything in one folder, durable at once. */
export default definePlugin({
  kind: "storage",
  name: "level",
  version: "0.1.0",
  options: LevelOptions,
  plugin: LevelStorage,
});
