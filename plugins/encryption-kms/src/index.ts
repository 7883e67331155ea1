import { definePlugin } from "@quarterdeck/sdk";
import { Kms } from "./kms.js";
import { KmsOptions } from "./kms-options.js";

export default definePlugin({
  kind: "encryption",
  name: "kms",
  version: "0.1.0",
  options: KmsOptions,
  plugin: Kms,
});
