import { Column } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { WEBHOOKS_COLUMN, WebhookConfiguration } from "./webhook-configuration.js";

/** Webhooks that may change objects before they are stored. */
@Native({ ...ADMISSION_OPTIONS, version: "v1", kind: "MutatingWebhookConfiguration" })
@Column(WEBHOOKS_COLUMN)
@Column(AGE_COLUMN)
export class MutatingWebhookConfiguration extends WebhookConfiguration {
  override default(): void {
    super.default();
    for (const webhook of this.webhooks ?? []) webhook.reinvocationPolicy ??= "Never";
  }
}
