import { definePlugin } from "@quarterdeck/sdk";
import { CsrApproving } from "./csr-approving.js";

export default definePlugin({ kind: "controller", name: "csr-approving", version: "0.1.0", plugin: CsrApproving });
