import { defineConfig } from "@quarterdeck/sdk";

export default defineConfig({
  resources: ["kubernetes", "./docs/examples/rollout/src/index.ts"],
  authentication: ["client-certificate", "service-account", "anonymous"],
  authorization: ["rbac"],
  admission: ["namespace-lifecycle"],
});
