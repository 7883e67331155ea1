import { missingRules, type PlainRule, type PolicyRule, StatusError, type UserInfo } from "@quarterdeck/meta";
import { Access, type HookContext } from "@quarterdeck/sdk";
import type { RoleRef } from "../types/rbac-v1.js";
import { RBAC_GROUP } from "./rbac-group.js";
import { missingText, quotedList } from "./rule-text.js";

/** The role or binding that is written, as an error names it. */
export interface Written {
  readonly resource: "roles" | "clusterroles" | "rolebindings" | "clusterrolebindings";
  readonly name: string;
  /** Empty for the kinds of the whole cluster. */
  readonly namespace: string;
}

/** Rules are compared part by part (one verb on one resource); lists that multiply to more would fill the memory. */
const MOST_PARTS = 100_000;
const PRIVILEGED_GROUP = "system:masters";
const FULL_AUTHORITY: readonly PolicyRule[] = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

function refuse({ resource, name }: Written, why: string): StatusError {
  return StatusError.forbidden({ group: RBAC_GROUP, resource }, name, why);
}

/** Members of `system:masters`, which the server itself is one of, may grant anything; upstream's `EscalationAllowed`. */
export function mayGrantAnything(user: UserInfo): boolean {
  return user.groups.includes(PRIVILEGED_GROUP);
}

async function isAllowed(context: HookContext, verb: string, resource: string, namespace: string, name: string) {
  const about = { apiGroup: RBAC_GROUP, apiVersion: "*", resource, subresource: "", namespace, name };
  const rest = { isResourceRequest: true, path: "", fieldSelector: "", labelSelector: "" };
  const verdict = await context.services.find(Access)?.authorize({ user: context.user, verb, ...about, ...rest });
  return verdict?.allowed === true;
}

/** True when the user may write roles with more than they hold: the verb `escalate`. A create names no object. */
export function mayEscalate(context: HookContext, { resource, namespace, name }: Written, creates: boolean) {
  return isAllowed(context, "escalate", resource, namespace, creates ? "" : name);
}

/** True when the user may bind a role whatever it gives: the verb `bind` on that role, in the namespace of the binding. */
export async function mayBind(context: HookContext, { kind, name }: RoleRef, namespace: string): Promise<boolean> {
  if (kind !== "Role" && kind !== "ClusterRole") return false;
  return isAllowed(context, "bind", kind === "Role" ? "roles" : "clusterroles", namespace, name);
}

async function heldRules(context: HookContext, namespace: string): Promise<{ rules: PlainRule[]; error?: string }> {
  const found = await context.services.find(Access)?.rulesFor(context.user, namespace);
  if (found === undefined) return { rules: [] };
  const rules = [
    ...found.resourceRules.map((rule) => ({ ...rule, nonResourceURLs: [] })),
    ...found.nonResourceRules.map((rule) => ({ ...rule, apiGroups: [], resources: [], resourceNames: [] })),
  ];
  return found.evaluationError === undefined ? { rules } : { rules, error: found.evaluationError };
}

function countParts(rules: readonly PolicyRule[]): number {
  const parts = ({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule) =>
    verbs.length * (apiGroups.length * resources.length * Math.max(resourceNames.length, 1) + nonResourceURLs.length);
  return rules.reduce((sum, rule) => sum + parts(rule), 0);
}

/** 403 that tells what is missing, unless the user holds everything that the rules give. */
export async function requireHeld(context: HookContext, rules: readonly PolicyRule[], written: Written): Promise<void> {
  if (countParts(rules) > MOST_PARTS)
    throw refuse(written, `the rules say more than ${MOST_PARTS} things at once, too many to compare`);
  const held = await heldRules(context, written.namespace);
  const missing = missingRules(held.rules, rules);
  if (missing.length === 0) return;
  const { name, groups } = context.user;
  const who = `user ${JSON.stringify(name)} (groups=${quotedList(groups)})`;
  const what = `${who} is attempting to grant RBAC permissions not currently held:\n${missingText(missing)}`;
  throw refuse(written, held.error === undefined ? what : `${what}; resolution errors: [${held.error}]`);
}

/** 403 unless the user holds everything there is: an aggregated role may come to hold anything. */
export async function requireFullAuthority(context: HookContext, written: Written): Promise<void> {
  const held = await heldRules(context, written.namespace);
  if (missingRules(held.rules, FULL_AUTHORITY).length === 0) return;
  throw refuse(written, "must have cluster-admin privileges to use the aggregationRule");
}
