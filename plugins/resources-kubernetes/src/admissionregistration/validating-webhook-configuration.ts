import { Column } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { ADMISSION_OPTIONS } from "./admission-options.js";
import { WEBHOOKS_COLUMN, WebhookConfiguration } from "./webhook-configuration.js";

/** Webhooks that may refuse requests. */
@Native({ ...ADMISSION_OPTIONS, version: "v1", kind: "ValidatingWebhookConfiguration" })
@Column(WEBHOOKS_COLUMN)
@Column(AGE_COLUMN)
export class ValidatingWebhookConfiguration extends WebhookConfiguration {}
