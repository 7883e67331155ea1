export * from "./expiring-cache.js";
export * from "./kubeconfig-error.js";
export * from "./read-kubeconfig.js";
export * from "./shared-calls.js";
export * from "./webhook-client.js";
export * from "./webhook-error.js";
export type { WebhookTarget } from "./webhook-target.js";
