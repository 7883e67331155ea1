import { definePlugin } from "@quarterdeck/sdk";
import { Anonymous } from "./anonymous.js";

export default definePlugin({ kind: "authenticator", name: "anonymous", version: "0.1.0", plugin: Anonymous });
