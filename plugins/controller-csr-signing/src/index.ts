import { definePlugin } from "@quarterdeck/sdk";
import { CsrSigning } from "./csr-signing.js";

export default definePlugin({ kind: "controller", name: "csr-signing", version: "0.1.0", plugin: CsrSigning });
