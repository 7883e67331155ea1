import { definePlugin } from "@quarterdeck/sdk";
import { AuditWebhook } from "./audit-webhook.js";
import { AuditWebhookOptions } from "./webhook-options.js";

export default definePlugin({
  kind: "audit",
  name: "webhook",
  version: "0.1.0",
  options: AuditWebhookOptions,
  plugin: AuditWebhook,
});
