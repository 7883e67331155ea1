import { defineConfig } from "@quarterdeck/sdk";

const key = process.env.SHARED_KEY ?? "only-for-this-example";

export default defineConfig({
  authentication: [
    "client-certificate",
    ["./src/index.ts", { key, user: "robot", groups: ["system:masters"] }],
    "anonymous",
  ],
});
