import { defineConfig } from "@quarterdeck/sdk";

export default defineConfig({
  admission: ["namespace-lifecycle", ["./src/index.ts", { label: "team", resources: ["configmaps"] }]],
});
