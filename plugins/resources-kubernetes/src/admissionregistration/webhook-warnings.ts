import { formatGroupResource } from "@quarterdeck/meta";
import type { RuleWithOperations } from "../types/admissionregistration-v1.js";
import type { Webhook } from "./check-webhooks.js";

/** Reviews that no webhook is asked about. */
const EXCLUDED = new Set([
  "selfsubjectreviews.authentication.k8s.io",
  "tokenreviews.authentication.k8s.io",
  "localsubjectaccessreviews.authorization.k8s.io",
  "selfsubjectaccessreviews.authorization.k8s.io",
  "selfsubjectrulesreviews.authorization.k8s.io",
  "subjectaccessreviews.authorization.k8s.io",
]);

function excludedOf({ apiGroups, resources }: RuleWithOperations): readonly string[] {
  if (apiGroups?.includes("*") || resources?.includes("*")) return [];
  const named = (apiGroups ?? []).flatMap((group) =>
    (resources ?? []).map((resource) => formatGroupResource({ group, resource })),
  );
  return [...new Set(named)].filter((name) => EXCLUDED.has(name));
}

/** What to say of rules that name what is never asked about; upstream's `WarningsForValidatingWebhookRules`. */
export function webhookWarnings(webhooks: readonly Webhook[]): readonly string[] {
  return webhooks.flatMap(({ rules }, hook) =>
    (rules ?? []).flatMap((rule, index) =>
      excludedOf(rule).map(
        (name) =>
          `webhooks[${hook}].rules[${index}]: ${name} is excluded from admission webhooks; this rule will have no effect`,
      ),
    ),
  );
}
