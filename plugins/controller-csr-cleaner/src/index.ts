import { definePlugin } from "@quarterdeck/sdk";
import { CsrCleaner } from "./csr-cleaner.js";

export default definePlugin({ kind: "controller", name: "csr-cleaner", version: "0.1.0", plugin: CsrCleaner });
