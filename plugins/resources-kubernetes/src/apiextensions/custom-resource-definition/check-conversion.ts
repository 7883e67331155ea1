import type { FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkWebhookClient } from "../../checks/check-webhook-client.js";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type { CustomResourceConversion } from "../../types/apiextensions-v1.js";

const STRATEGIES: readonly string[] = ["None", "Webhook"];
const REVIEWS: readonly string[] = ["v1", "v1beta1"];
const PATH = "spec.conversion";

function isKnown(version: string): boolean {
  return REVIEWS.includes(version);
}

function checkReviewVersions(versions: readonly string[], lenient: boolean, errors: FieldErrors): void {
  const path = `${PATH}.conversionReviewVersions`;
  if (versions.length === 0) {
    errors.required(path);
    return;
  }
  for (const [index, version] of versions.entries()) {
    if (versions.indexOf(version) < index) errors.invalid(`${path}[${index}]`, version, "duplicate version");
    else errors.invalidEach(`${path}[${index}]`, version, dns1035LabelErrors(version));
  }
  if (!lenient && !versions.some(isKnown))
    errors.invalid(path, versions, `must include at least one of ${REVIEWS.join(", ")}`);
}

/** How objects get from one version to another; upstream's `validateCustomResourceConversion`, with the paths that it has inside. */
export function checkConversion(
  { strategy, webhook }: CustomResourceConversion,
  old: CustomResourceConversion | undefined,
  errors: FieldErrors,
): void {
  checkNeededEnum(strategy, STRATEGIES, `${PATH}.strategy`, errors);
  const { clientConfig } = webhook ?? {};
  const versions = webhook?.conversionReviewVersions ?? [];
  if (strategy !== "Webhook") {
    const unset = "should not be set when strategy is not set to Webhook";
    if (clientConfig !== undefined) errors.forbidden(`${PATH}.webhookClientConfig`, unset);
    if (versions.length > 0) errors.forbidden(`${PATH}.conversionReviewVersions`, unset);
    return;
  }
  if (clientConfig === undefined)
    errors.required(`${PATH}.webhookClientConfig`, "required when strategy is set to Webhook");
  else checkWebhookClient(clientConfig, `${PATH}.webhookClientConfig`, errors);
  const before = old?.webhook?.conversionReviewVersions ?? [];
  checkReviewVersions(versions, before.length > 0 && !before.some(isKnown), errors);
}
