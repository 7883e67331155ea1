export * from "./start-webhook.js";
