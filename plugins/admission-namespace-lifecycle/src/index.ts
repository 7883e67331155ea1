import { definePlugin } from "@quarterdeck/sdk";
import { NamespaceLifecycle, NamespaceLifecycleOptions } from "./namespace-lifecycle.js";

export default definePlugin({
  kind: "admission",
  name: "namespace-lifecycle",
  version: "0.1.0",
  options: NamespaceLifecycleOptions,
  plugin: NamespaceLifecycle,
});
