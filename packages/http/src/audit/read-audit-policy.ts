import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import type { AuditLevel, AuditStage } from "@quarterdeck/sdk";
import { AuditPolicy, type PolicyResources, type PolicyRule } from "./audit-policy.js";
import { auditRule } from "./audit-rule.js";

const LEVELS: readonly AuditLevel[] = ["None", "Metadata", "Request", "RequestResponse"];
const STAGES: readonly AuditStage[] = ["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];
const POLICY_KEYS = ["apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields"];
const RULE_KEYS = [
  "level",
  "users",
  "userGroups",
  "verbs",
  "resources",
  "namespaces",
  "nonResourceURLs",
  "omitStages",
  "omitManagedFields",
];
const RESOURCE_KEYS = ["group", "resources", "resourceNames"];
const GROUP = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** An audit policy that cannot be used; `path` is where in the policy, such as `rules[1].level`. */
export class AuditPolicyError extends Error {
  override readonly name = "AuditPolicyError";

  constructor(
    message: string,
    readonly path: string,
    readonly value: unknown,
    /** The key that was probably meant. */
    readonly nearest?: string,
  ) {
    super(message);
  }
}

/** Reads an `audit.k8s.io/v1` Policy; throws {@link AuditPolicyError}. Stricter than upstream, which lets unknown keys pass. */
export function readAuditPolicy(content: unknown): AuditPolicy {
  const policy = object(content, "", POLICY_KEYS);
  const { apiVersion, kind } = policy;
  if (apiVersion !== "audit.k8s.io/v1") throw new AuditPolicyError("must be audit.k8s.io/v1", "apiVersion", apiVersion);
  if (kind !== "Policy") throw new AuditPolicyError("must be Policy", "kind", kind);
  const omitStages = stages(policy.omitStages, "omitStages");
  const omitManagedFields = flag(policy.omitManagedFields, "omitManagedFields") ?? false;
  const rules = list(policy.rules, "rules");
  if (rules.length === 0) throw new AuditPolicyError("must have at least one rule", "rules", policy.rules);
  return new AuditPolicy(
    rules.map((rule, index) => readRule(rule, `rules[${index}]`, { omitStages, omitManagedFields })),
  );
}

interface Defaults {
  readonly omitStages: readonly AuditStage[];
  readonly omitManagedFields: boolean;
}

function readRule(content: unknown, path: string, defaults: Defaults): PolicyRule {
  const said = object(content, path, RULE_KEYS);
  const level = LEVELS.find((one) => one === said.level);
  if (level === undefined)
    throw new AuditPolicyError(`must be one of ${LEVELS.join(", ")}`, `${path}.level`, said.level);
  const resources = list(said.resources, `${path}.resources`).map((one, index) =>
    readResources(one, `${path}.resources[${index}]`),
  );
  const namespaces = texts(said.namespaces, `${path}.namespaces`);
  const nonResourceURLs = readPaths(said.nonResourceURLs, `${path}.nonResourceURLs`);
  if (nonResourceURLs.length > 0 && resources.length + namespaces.length > 0) {
    const why = "rules cannot apply to both regular resources and non-resource URLs";
    throw new AuditPolicyError(why, `${path}.nonResourceURLs`, nonResourceURLs);
  }
  const omitStages = new Set([...defaults.omitStages, ...stages(said.omitStages, `${path}.omitStages`)]);
  const omitManagedFields = flag(said.omitManagedFields, `${path}.omitManagedFields`) ?? defaults.omitManagedFields;
  return {
    rule: auditRule(level, omitStages, omitManagedFields),
    users: texts(said.users, `${path}.users`),
    userGroups: texts(said.userGroups, `${path}.userGroups`),
    verbs: texts(said.verbs, `${path}.verbs`),
    resources,
    namespaces,
    nonResourceURLs,
  };
}

function readResources(content: unknown, path: string): PolicyResources {
  const said = object(content, path, RESOURCE_KEYS);
  const group = said.group ?? "";
  if (typeof group !== "string" || !(group === "" || group === "*" || GROUP.test(group)))
    throw new AuditPolicyError("must be the name of an API group, without a version", `${path}.group`, group);
  const resources = texts(said.resources, `${path}.resources`);
  const resourceNames = texts(said.resourceNames, `${path}.resourceNames`);
  if (resourceNames.length > 0 && resources.length === 0)
    throw new AuditPolicyError(
      "using resourceNames requires at least one resource",
      `${path}.resourceNames`,
      resourceNames,
    );
  return { group, resources, resourceNames };
}

function readPaths(value: unknown, path: string): readonly string[] {
  const paths = texts(value, path);
  for (const [index, one] of paths.entries()) {
    if (one === "*") continue;
    if (!one.startsWith("/"))
      throw new AuditPolicyError("non-resource URL rules must begin with a '/' character", `${path}[${index}]`, one);
    if (one.slice(0, -1).includes("*")) {
      const why = "non-resource URL wildcards '*' must be the final character of the rule";
      throw new AuditPolicyError(why, `${path}[${index}]`, one);
    }
  }
  return paths;
}

function object(value: unknown, path: string, keys: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new AuditPolicyError("must be an object", path, value);
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue;
    const place = path === "" ? key : `${path}.${key}`;
    throw new AuditPolicyError(`unknown key "${key}"`, place, value[key], nearest(key, keys));
  }
  return value;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new AuditPolicyError("must be a list", path, value);
  return value;
}

function texts(value: unknown, path: string): readonly string[] {
  return list(value, path).map((one, index) => {
    if (typeof one !== "string") throw new AuditPolicyError("must be a text", `${path}[${index}]`, one);
    return one;
  });
}

function stages(value: unknown, path: string): readonly AuditStage[] {
  return list(value, path).map((one, index) => {
    const stage = STAGES.find((known) => known === one);
    if (stage === undefined)
      throw new AuditPolicyError(`allowed stages are ${STAGES.join(",")}`, `${path}[${index}]`, one);
    return stage;
  });
}

function flag(value: unknown, path: string): boolean | undefined {
  if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
  throw new AuditPolicyError("must be true or false", path, value);
}
