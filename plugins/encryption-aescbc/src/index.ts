import { definePlugin } from "@quarterdeck/sdk";
import { AesCbc, AesCbcOptions } from "./aescbc.js";

export default definePlugin({
  kind: "encryption",
  name: "aescbc",
  version: "0.1.0",
  options: AesCbcOptions,
  plugin: AesCbc,
});
