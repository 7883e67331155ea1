import type { UserInfo } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import { type AuditRule, auditRule } from "./audit-rule.js";

/** Which resources a rule is for; no resources means all of the group, `*` as group all groups. */
export interface PolicyResources {
  readonly group: string;
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** One rule of a policy; an empty list asks nothing. */
export interface PolicyRule {
  readonly rule: AuditRule;
  readonly users: readonly string[];
  readonly userGroups: readonly string[];
  readonly verbs: readonly string[];
  readonly resources: readonly PolicyResources[];
  readonly namespaces: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** What a policy says of requests that none of its rules is for. */
const UNTOLD: AuditRule = auditRule("None", new Set(), false);

/** HTTP/2 takes any method, and thereby any verb. */
const MAX_VERBS = 32;

/**
 * An `audit.k8s.io/v1` Policy ready to be asked: the first rule that matches decides. Rules are sorted out by user and verb
 * once per user, so a request is only compared with those that can be for it.
 */
export class AuditPolicy {
  readonly #byUser = new WeakMap<UserInfo, Map<string, readonly PolicyRule[]>>();

  constructor(readonly rules: readonly PolicyRule[]) {}

  /** The rule for a request by its user; level None when none matches. */
  find(info: RequestInfo, user: UserInfo): AuditRule {
    for (const rule of this.#candidates(info.verb, user)) {
      if (matchesTarget(rule, info)) return rule.rule;
    }
    return UNTOLD;
  }

  #candidates(verb: string, user: UserInfo): readonly PolicyRule[] {
    let byVerb = this.#byUser.get(user);
    if (byVerb === undefined) {
      byVerb = new Map();
      this.#byUser.set(user, byVerb);
    }
    let rules = byVerb.get(verb);
    if (rules === undefined) {
      rules = this.rules.filter((rule) => matchesUser(rule, user) && holds(rule.verbs, verb));
      if (byVerb.size < MAX_VERBS) byVerb.set(verb, rules);
    }
    return rules;
  }
}

/** True when a list asks nothing, or names the value. */
function holds(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value);
}

function matchesUser({ users, userGroups }: PolicyRule, user: UserInfo): boolean {
  return (
    holds(users, user.name) && (userGroups.length === 0 || user.groups.some((group) => userGroups.includes(group)))
  );
}

function matchesTarget(rule: PolicyRule, info: RequestInfo): boolean {
  if (rule.namespaces.length > 0 || rule.resources.length > 0) return matchesResource(rule, info);
  if (rule.nonResourceURLs.length === 0) return true;
  return !info.isResourceRequest && rule.nonResourceURLs.some((pattern) => matchesPath(info.path, pattern));
}

function matchesPath(path: string, pattern: string): boolean {
  return pattern === path || (pattern.endsWith("*") && path.startsWith(pattern.slice(0, -1)));
}

function matchesResource({ namespaces, resources }: PolicyRule, info: RequestInfo): boolean {
  if (!info.isResourceRequest || !holds(namespaces, info.namespace)) return false;
  return resources.length === 0 || resources.some((one) => isAmong(one, info));
}

function isAmong({ group, resources, resourceNames }: PolicyResources, info: RequestInfo): boolean {
  if (group !== info.apiGroup && group !== "*") return false;
  if (resources.length === 0) return true;
  return holds(resourceNames, info.name) && resources.some((pattern) => matchesName(pattern, info));
}

/** A resource, one with its subresource or all of them, one subresource of all, or a star; a plain name is not for subresources. */
function matchesName(pattern: string, { resource, subresource }: RequestInfo): boolean {
  if (pattern === "*") return true;
  if (subresource === "") return pattern === resource || pattern === `${resource}/*`;
  const slash = pattern.indexOf("/");
  if (slash === -1) return false;
  const before = pattern.slice(0, slash);
  const behind = pattern.slice(slash + 1);
  return (
    (before === "*" && behind === subresource) || (before === resource && (behind === "*" || behind === subresource))
  );
}
