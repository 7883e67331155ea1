import { definePlugin } from "@quarterdeck/sdk";
import { NamespaceController } from "./namespace-controller.js";

export default definePlugin({ kind: "controller", name: "namespace", version: "0.1.0", plugin: NamespaceController });
