import type { PlainRule } from "@quarterdeck/meta";

/** A list as Go's `%q` writes it: `["a" "b"]`. */
export function quotedList(list: readonly string[]): string {
  return `[${list.map((one) => JSON.stringify(one)).join(" ")}]`;
}

function ruleText(rule: PlainRule): string {
  const parts = [
    ["APIGroups", rule.apiGroups],
    ["Resources", rule.resources],
    ["NonResourceURLs", rule.nonResourceURLs],
    ["ResourceNames", rule.resourceNames],
    ["Verbs", rule.verbs],
  ] as const;
  const said = parts.filter(([, list]) => list.length > 0).map(([name, list]) => `${name}:${quotedList(list)}`);
  return `{${said.join(", ")}}`;
}

/** Rules of one resource and name as one, with all their verbs; upstream's `CompactRules`. */
function compact(rules: readonly PlainRule[]): PlainRule[] {
  const byThing = new Map<string, { rule: PlainRule; verbs: string[] }>();
  for (const rule of rules) {
    const key =
      rule.nonResourceURLs.length > 0
        ? `path ${rule.nonResourceURLs.join(" ")} ${rule.verbs.join(" ")}`
        : JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = byThing.get(key);
    if (known === undefined) byThing.set(key, { rule, verbs: [...rule.verbs] });
    else known.verbs.push(...rule.verbs);
  }
  return [...byThing.values()].map(({ rule, verbs }) => ({ ...rule, verbs }));
}

/** One line a rule, sorted, as upstream tells what somebody lacks: `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`. */
export function missingText(rules: readonly PlainRule[]): string {
  return [...new Set(compact(rules).map(ruleText))].sort().join("\n");
}
