import { definePlugin } from "@quarterdeck/sdk";
import { AuthnWebhook } from "./authn-webhook.js";
import { AuthnWebhookOptions } from "./webhook-options.js";

export default definePlugin({
  kind: "authenticator",
  name: "webhook",
  version: "0.1.0",
  options: AuthnWebhookOptions,
  plugin: AuthnWebhook,
});
