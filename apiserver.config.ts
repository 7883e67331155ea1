import { defineConfig } from "@quarterdeck/sdk";

export default defineConfig({
  resources: ["kubernetes", "./docs/examples/rollout/src/index.ts"],
  authentication: ["client-certificate", "anonymous"],
  authorization: ["rbac"],
  admission: ["namespace-lifecycle"],
});
