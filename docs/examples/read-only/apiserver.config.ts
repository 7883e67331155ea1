import { defineConfig } from "@quarterdeck/sdk";

export default defineConfig({
  authorization: ["always-allow"],
  filters: [{ after: "authentication", use: ["./src/index.ts", { message: "back at noon" }] }],
});
