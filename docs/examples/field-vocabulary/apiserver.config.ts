import { defineConfig } from "@quarterdeck/sdk";

export default defineConfig({ resources: ["kubernetes", "./src/index.ts"] });
