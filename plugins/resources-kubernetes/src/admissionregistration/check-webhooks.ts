import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkLabelSelector } from "../checks/check-label-selector.js";
import { checkWebhookClient } from "../checks/check-webhook-client.js";
import { dns1035LabelErrors } from "../checks/dns-1035.js";
import { sameJson } from "../checks/same-json.js";
import type { MutatingWebhook, ValidatingWebhook } from "../types/admissionregistration-v1.js";
import { checkMatchConditions } from "./check-match-conditions.js";
import { checkRule } from "./check-rule.js";
import { FAILURE_POLICIES, MATCH_POLICIES, REINVOCATION_POLICIES } from "./policy-names.js";

/** A webhook of either kind. */
export type Webhook = ValidatingWebhook & Pick<MutatingWebhook, "reinvocationPolicy">;

const HARMLESS: readonly string[] = ["None", "NoneOnDryRun"];
const SIDE_EFFECTS: readonly string[] = ["None", "NoneOnDryRun", "Some", "Unknown"];
const REVIEWS: readonly string[] = ["v1", "v1beta1"];

/** What an object that is stored already may still have against rules that are younger than it. */
interface Leniency {
  readonly sideEffects: boolean;
  readonly reviewVersions: boolean;
  readonly sameNames: boolean;
  readonly matchConditions: boolean;
}

const NEW: Leniency = { sideEffects: false, reviewVersions: false, sameNames: false, matchConditions: false };

function leniencyFor(webhooks: readonly Webhook[], old: readonly Webhook[]): Leniency {
  const names = old.map(({ name }) => name);
  return {
    sideEffects: old.some(({ sideEffects }) => !HARMLESS.includes(sideEffects ?? "")),
    reviewVersions: old.some(({ admissionReviewVersions }) => {
      const versions = admissionReviewVersions ?? [];
      return versions.length > 0 && !versions.some((version) => REVIEWS.includes(version));
    }),
    sameNames: new Set(names).size < names.length,
    matchConditions:
      webhooks.length === old.length &&
      webhooks.every(({ matchConditions }, index) => sameJson(matchConditions, old[index]?.matchConditions)),
  };
}

function checkName(name: string, path: string, errors: FieldErrors): void {
  const problems = dns1123SubdomainErrors(name);
  if (name === "") errors.required(path);
  else if (problems.length > 0) errors.invalid(path, name, problems.join(","));
  else if (name.split(".").length < 3)
    errors.invalid(path, name, "should be a domain with at least three segments separated by dots");
}

function checkSideEffects(webhook: Webhook, path: string, errors: FieldErrors, lenient: boolean): void {
  const allowed = lenient ? SIDE_EFFECTS : HARMLESS;
  if (webhook.sideEffects === null) errors.required(path, `must specify one of ${allowed.join(", ")}`);
  else if (!allowed.includes(webhook.sideEffects)) errors.notSupported(path, webhook.sideEffects, allowed);
}

function checkWebhook(webhook: Webhook, path: string, errors: FieldErrors, lenient: Leniency): void {
  const { failurePolicy, matchPolicy, timeoutSeconds, namespaceSelector, objectSelector, reinvocationPolicy } = webhook;
  checkName(webhook.name, `${path}.name`, errors);
  for (const [index, rule] of (webhook.rules ?? []).entries()) checkRule(rule, `${path}.rules[${index}]`, errors);
  if (failurePolicy !== undefined && !FAILURE_POLICIES.includes(failurePolicy))
    errors.notSupported(`${path}.failurePolicy`, failurePolicy, FAILURE_POLICIES);
  if (matchPolicy !== undefined && !MATCH_POLICIES.includes(matchPolicy))
    errors.notSupported(`${path}.matchPolicy`, matchPolicy, MATCH_POLICIES);
  checkSideEffects(webhook, `${path}.sideEffects`, errors, lenient.sideEffects);
  if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30))
    errors.invalid(`${path}.timeoutSeconds`, timeoutSeconds, "the timeout value must be between 1 and 30 seconds");
  if (namespaceSelector !== undefined) checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  if (objectSelector !== undefined) checkLabelSelector(objectSelector, `${path}.objectSelector`, errors);
  if (reinvocationPolicy !== undefined && !REINVOCATION_POLICIES.includes(reinvocationPolicy))
    errors.notSupported(`${path}.reinvocationPolicy`, reinvocationPolicy, REINVOCATION_POLICIES);
  checkWebhookClient(webhook.clientConfig, `${path}.clientConfig`, errors);
  if (!lenient.matchConditions)
    checkMatchConditions(webhook.matchConditions ?? [], false, `${path}.matchConditions`, errors);
}

function checkReviewVersions(versions: readonly string[], path: string, errors: FieldErrors, lenient: boolean): void {
  if (versions.length === 0) {
    errors.required(path, `must specify one of ${REVIEWS.join(", ")}`);
    return;
  }
  for (const [index, version] of versions.entries()) {
    const at = `${path}[${index}]`;
    if (versions.indexOf(version) < index) errors.invalid(at, version, "duplicate version");
    else errors.invalidEach(at, version, dns1035LabelErrors(version));
  }
  if (!lenient && !versions.some((version) => REVIEWS.includes(version)))
    errors.invalid(path, versions, `must include at least one of ${REVIEWS.join(", ")}`);
}

/**
 * The webhooks of a configuration; upstream's `validateValidatingWebhookConfiguration` and its twin. `old` are those of the
 * stored object on an update: what that has against younger rules, others may have too.
 */
export function checkWebhooks(
  webhooks: readonly Webhook[],
  old: readonly Webhook[] | undefined,
  errors: FieldErrors,
): void {
  const lenient = old === undefined ? NEW : leniencyFor(webhooks, old);
  const names = new Set<string>();
  for (const [index, webhook] of webhooks.entries()) {
    const path = `webhooks[${index}]`;
    checkWebhook(webhook, path, errors, lenient);
    const versions = webhook.admissionReviewVersions ?? [];
    checkReviewVersions(versions, `${path}.admissionReviewVersions`, errors, lenient.reviewVersions);
    if (lenient.sameNames || webhook.name === "") continue;
    if (names.has(webhook.name)) errors.duplicate(`${path}.name`, webhook.name);
    names.add(webhook.name);
  }
}
