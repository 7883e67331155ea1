import { definePlugin } from "@quarterdeck/sdk";
import { NodeAuthorizer } from "./node.js";

export default definePlugin({ kind: "authorizer", name: "node", version: "0.1.0", plugin: NodeAuthorizer });
