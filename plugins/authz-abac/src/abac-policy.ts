import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { AuthorizationAttributes, UserRules } from "@quarterdeck/sdk";

/** A policy file that cannot be used; the message names file and line. */
export class AbacPolicyError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = "AbacPolicyError";
  }
}

/** One line of a policy file: who may do what. Empty parts match nothing, of what may be done `*` matches all. */
export interface AbacPolicy {
  readonly user: string;
  readonly group: string;
  readonly readonly: boolean;
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespace: string;
  /** A path, or the beginning of one with `*` at its end. */
  readonly nonResourcePath: string;
}

const API_VERSION = "abac.authorization.kubernetes.io/v1beta1";
const TEXTS = ["user", "group", "apiGroup", "resource", "namespace", "nonResourcePath"] as const;
/** Whom `*` stands for as a user or group: those without a credential are nobody, as in upstream's v1beta1. */
const EVERYBODY = { user: "", group: "system:authenticated" };
const READS: readonly string[] = ["get", "list", "watch"];

function textOf(spec: JsonObject, key: string, refuse: (problem: string) => AbacPolicyError): string {
  const value = spec[key] ?? "";
  if (typeof value !== "string") throw refuse(`spec.${key} must be a string`);
  return value;
}

function readLine(text: string, refuse: (problem: string) => AbacPolicyError): AbacPolicy {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw refuse("is no JSON");
  }
  if (!isJsonObject(line)) throw refuse("is no object");
  if (line.apiVersion !== API_VERSION || line.kind !== "Policy") throw refuse(`must be a Policy of ${API_VERSION}`);
  const { spec } = line;
  if (!isJsonObject(spec)) throw refuse("has no spec");
  const known: readonly string[] = [...TEXTS, "readonly"];
  const stranger = Object.keys(spec).find((key) => !known.includes(key));
  if (stranger !== undefined) throw refuse(`spec.${stranger} is unknown`);
  const { readonly = false } = spec;
  if (typeof readonly !== "boolean") throw refuse("spec.readonly must be true or false");
  const [user = "", group = "", apiGroup = "", resource = "", namespace = "", nonResourcePath = ""] = TEXTS.map((key) =>
    textOf(spec, key, refuse),
  );
  const subject = user === "*" || group === "*" ? EVERYBODY : { user, group };
  return { ...subject, readonly, apiGroup, resource, namespace, nonResourcePath };
}

/** Reads a policy file: one JSON object a line; blank lines and lines that begin with `#` are passed over. */
export function readPolicies(text: string, file: string): readonly AbacPolicy[] {
  return text.split("\n").flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    return [readLine(trimmed, (problem) => new AbacPolicyError(file, index + 1, problem))];
  });
}

function isSubject({ user, group }: AbacPolicy, who: AuthorizationAttributes["user"]): boolean {
  if (user === "" && group === "") return false;
  if (user !== "" && user !== who.name) return false;
  return group === "" || who.groups.includes(group);
}

function fits(pattern: string, value: string): boolean {
  return pattern === "*" || pattern === value;
}

function fitsPath(pattern: string, path: string): boolean {
  if (fits(pattern, path)) return pattern !== "";
  return pattern.endsWith("*") && path.startsWith(pattern.slice(0, -1));
}

/** True when a policy allows what is asked; upstream's `abac.matches`. */
export function allows(policy: AbacPolicy, asked: AuthorizationAttributes): boolean {
  if (policy.readonly && !READS.includes(asked.verb)) return false;
  if (!isSubject(policy, asked.user)) return false;
  if (!asked.isResourceRequest) return fitsPath(policy.nonResourcePath, asked.path);
  const { apiGroup, namespace, resource } = policy;
  return fits(namespace, asked.namespace) && fits(resource, asked.resource) && fits(apiGroup, asked.apiGroup);
}

/** What the policies say of a user in a namespace, as rules. */
export function rulesOf(
  policies: readonly AbacPolicy[],
  user: AuthorizationAttributes["user"],
  namespace: string,
): UserRules {
  const own = policies.filter((one) => isSubject(one, user) && fits(one.namespace, namespace));
  const verbs = (one: AbacPolicy) => (one.readonly ? READS : ["*"]);
  return {
    resourceRules: own
      .filter(({ resource }) => resource !== "")
      .map((one) => ({ verbs: verbs(one), apiGroups: [one.apiGroup], resources: [one.resource], resourceNames: [] })),
    nonResourceRules: own
      .filter(({ nonResourcePath }) => nonResourcePath !== "")
      .map((one) => ({ verbs: verbs(one), nonResourceURLs: [one.nonResourcePath] })),
    incomplete: false,
  };
}
