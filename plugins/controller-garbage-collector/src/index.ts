import { definePlugin } from "@quarterdeck/sdk";
import { GarbageCollector } from "./garbage-collector.js";
import { GarbageCollectorOptions } from "./garbage-collector-options.js";

export default definePlugin({
  kind: "controller",
  name: "garbage-collector",
  version: "0.1.0",
  options: GarbageCollectorOptions,
  plugin: GarbageCollector,
});
