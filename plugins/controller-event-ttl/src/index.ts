import { definePlugin } from "@quarterdeck/sdk";
import { EventTtl } from "./event-ttl.js";

export default definePlugin({ kind: "controller", name: "event-ttl", version: "0.1.0", plugin: EventTtl });
