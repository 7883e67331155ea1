import { definePlugin } from "@quarterdeck/sdk";
import { AuthzWebhook } from "./authz-webhook.js";
import { AuthzWebhookOptions } from "./webhook-options.js";

export default definePlugin({
  kind: "authorizer",
  name: "webhook",
  version: "0.1.0",
  options: AuthzWebhookOptions,
  plugin: AuthzWebhook,
});
