import { definePlugin } from "@quarterdeck/sdk";
import { AlwaysAllow } from "./always-allow.js";

export default definePlugin({ kind: "authorizer", name: "always-allow", version: "0.1.0", plugin: AlwaysAllow });
