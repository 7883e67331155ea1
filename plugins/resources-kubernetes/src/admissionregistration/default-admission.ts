import type { MatchResources, Rule } from "../types/admissionregistration-v1.js";
import type { Webhook } from "./check-webhooks.js";

const TIMEOUT_SECONDS = 10;
const HTTPS_PORT = 443;

function defaultRules(rules: readonly Rule[] | undefined): void {
  for (const rule of rules ?? []) rule.scope ??= "*";
}

/** All objects in all versions, and requests in every scope; upstream's defaults of `MatchResources`. */
export function defaultMatch(match: MatchResources): void {
  match.matchPolicy ??= "Equivalent";
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  defaultRules(match.resourceRules);
  defaultRules(match.excludeResourceRules);
}

/** A webhook fails closed within ten seconds; upstream's defaults of v1. */
export function defaultWebhook(webhook: Webhook): void {
  webhook.failurePolicy ??= "Fail";
  webhook.matchPolicy ??= "Equivalent";
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= TIMEOUT_SECONDS;
  const { service } = webhook.clientConfig;
  if (service !== undefined) service.port ??= HTTPS_PORT;
  defaultRules(webhook.rules);
}
