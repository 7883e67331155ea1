import { definePlugin } from "@quarterdeck/sdk";
import { AlwaysDeny } from "./always-deny.js";

export default definePlugin({ kind: "authorizer", name: "always-deny", version: "0.1.0", plugin: AlwaysDeny });
