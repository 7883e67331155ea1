import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, type ColumnOptions, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { checkWebhooks, type Webhook } from "./check-webhooks.js";
import { defaultWebhook } from "./default-admission.js";
import { checkStaticName } from "./static-name.js";
import { webhookWarnings } from "./webhook-warnings.js";

/** How many webhooks there are. */
export const WEBHOOKS_COLUMN: ColumnOptions = {
  name: "Webhooks",
  type: "integer",
  description: "How many webhooks there are",
  value: ({ webhooks }: KubeObject) => (Array.isArray(webhooks) ? webhooks.length : 0),
};

/** What both kinds of webhook configurations do. */
export abstract class WebhookConfiguration extends ApiObject {
  webhooks?: Webhook[];

  override default(): void {
    for (const webhook of this.webhooks ?? []) defaultWebhook(webhook);
  }

  override async authorize(): Promise<void> {
    if ((this.webhooks ?? []).some(({ matchConditions }) => (matchConditions ?? []).length > 0)) await loadCel();
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") checkWebhooks(this.webhooks ?? [], undefined, errors);
    checkStaticName(this.metadata.name ?? "", errors, context);
    for (const warning of webhookWarnings(this.webhooks ?? [])) context.warn(warning);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkWebhooks(this.webhooks ?? [], old.webhooks ?? [], errors);
  }
}
