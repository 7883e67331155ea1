import type { PolicyRule } from "@quarterdeck/meta";

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").map((one) => (one === "core" ? "" : one));
}

/**
 * A rule as the tables write it: `verbs paths`, or `verbs groups resources`, or `verbs groups resources names`; each a list
 * with commas, in which `core` is the core group. `get,list core,events.k8s.io events`.
 */
export function parseRule(text: string): PolicyRule {
  const [verbs, second, resources, names] = text.split(" ");
  if (resources === undefined) return { verbs: list(verbs), nonResourceURLs: list(second) };
  const rule = { verbs: list(verbs), apiGroups: list(second), resources: list(resources) };
  return names === undefined ? rule : { ...rule, resourceNames: list(names) };
}
