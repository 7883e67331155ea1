import { isJsonObject, type JsonValue } from "./json.js";
import type { KubeObject } from "./object-meta.js";

/** A rule of a role, as it stands in JSON; `rbac.authorization.k8s.io/v1 PolicyRule`. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** A rule with all of its lists. */
export type PlainRule = Required<PolicyRule>;

const ALL = "*";

/** The rules about one verb on one thing that a rule consists of. */
function breakdown(rule: PolicyRule): PlainRule[] {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const parts: PlainRule[] = [];
  const names: (readonly string[])[] = resourceNames.length === 0 ? [[]] : resourceNames.map((name) => [name]);
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs)
        for (const name of names)
          parts.push({
            verbs: [verb],
            apiGroups: [group],
            resources: [resource],
            resourceNames: name,
            nonResourceURLs: [],
          });
  for (const url of nonResourceURLs)
    for (const verb of verbs)
      parts.push({ verbs: [verb], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [url] });
  return parts;
}

function hasAll(held: readonly string[], asked: readonly string[]): boolean {
  return held.includes(ALL) || asked.every((one) => held.includes(one));
}

function coversResource(held: readonly string[], asked: string): boolean {
  if (held.includes(ALL) || held.includes(asked)) return true;
  const slash = asked.indexOf("/");
  return slash !== -1 && held.includes(`*${asked.slice(slash)}`);
}

function coversUrl(held: string, asked: string): boolean {
  return held === asked || (held.endsWith(ALL) && asked.startsWith(held.replace(/\*+$/, "")));
}

function coversPart(held: PlainRule, asked: PlainRule): boolean {
  return (
    hasAll(held.verbs, asked.verbs) &&
    hasAll(held.apiGroups, asked.apiGroups) &&
    asked.resources.every((one) => coversResource(held.resources, one)) &&
    asked.nonResourceURLs.every((one) => held.nonResourceURLs.some((url) => coversUrl(url, one))) &&
    (held.resourceNames.length === 0 ||
      (asked.resourceNames.length > 0 && asked.resourceNames.every((one) => held.resourceNames.includes(one))))
  );
}

/** The parts of `asked` that no rule of `held` gives; upstream's `validation.Covers`. */
export function missingRules(held: readonly PlainRule[], asked: readonly PolicyRule[]): PlainRule[] {
  return asked.flatMap(breakdown).filter((part) => !held.some((rule) => coversPart(rule, part)));
}

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** The rules of a role or cluster role in its JSON form. */
export function rulesOf(role: KubeObject): PlainRule[] {
  if (!Array.isArray(role.rules)) return [];
  return role.rules.filter(isJsonObject).map((rule) => ({
    verbs: texts(rule.verbs),
    apiGroups: texts(rule.apiGroups),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    nonResourceURLs: texts(rule.nonResourceURLs),
  }));
}
