import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";

@Native({
  group: "admissionregistration.k8s.io",
  version: "v1",
  kind: "ValidatingWebhookConfiguration",
  scope: "Cluster",
  categories: ["api-extensions"],
})
export class ValidatingWebhookConfiguration extends ApiObject {
  webhooks!: admissionregistration.ValidatingWebhookConfiguration["webhooks"];
}
