import { definePlugin } from "@quarterdeck/sdk";
import { PriorityAndFairnessOptions } from "./options.js";
import { PriorityAndFairness } from "./priority-and-fairness.js";

export default definePlugin({
  kind: "filter",
  name: "priority-and-fairness",
  version: "0.1.0",
  options: PriorityAndFairnessOptions,
  plugin: PriorityAndFairness,
});
