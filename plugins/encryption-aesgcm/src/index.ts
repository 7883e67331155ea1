import { definePlugin } from "@quarterdeck/sdk";
import { AesGcm, AesGcmOptions } from "./aesgcm.js";

export default definePlugin({
  kind: "encryption",
  name: "aesgcm",
  version: "0.1.0",
  options: AesGcmOptions,
  plugin: AesGcm,
});
