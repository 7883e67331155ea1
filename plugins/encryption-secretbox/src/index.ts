import { definePlugin } from "@quarterdeck/sdk";
import { Secretbox, SecretboxOptions } from "./secretbox.js";

export default definePlugin({
  kind: "encryption",
  name: "secretbox",
  version: "0.1.0",
  options: SecretboxOptions,
  plugin: Secretbox,
});
