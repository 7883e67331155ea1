import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import { Field } from "@quarterdeck/sdk";
import { checkSubject, FlowSchemaSubject } from "./flow-schema-subject.js";

/** The verbs that a rule may name. */
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

/** Requests for resources. */
export class ResourcePolicyRule {
  @Field({ proto: 1, required: true, items: { type: "string" }, listType: "set", description: "Verbs, or `*` alone." })
  verbs!: string[];

  @Field({
    proto: 2,
    required: true,
    items: { type: "string" },
    listType: "set",
    description: "API groups, the empty string for the core group, or `*` alone.",
  })
  apiGroups!: string[];

  @Field({
    proto: 3,
    required: true,
    items: { type: "string" },
    listType: "set",
    description: "Plurals, with a subresource as `pods/log`, or `*` alone.",
  })
  resources!: string[];

  @Field({ proto: 4, description: "True: requests that name no namespace match as well." })
  clusterScope?: boolean;

  @Field({
    proto: 5,
    items: { type: "string" },
    listType: "set",
    description: "Namespaces whose requests match, or `*` alone.",
  })
  namespaces?: string[];
}

/** Requests for paths that are no resources. */
export class NonResourcePolicyRule {
  @Field({ proto: 1, required: true, items: { type: "string" }, listType: "set", description: "Verbs, or `*` alone." })
  verbs!: string[];

  @Field({
    proto: 6,
    required: true,
    items: { type: "string" },
    listType: "set",
    description: "Paths such as `/healthz`, prefixes such as `/healthz/*`, or `*` alone.",
  })
  nonResourceURLs!: string[];
}

/** Requests of some subjects. */
export class PolicyRulesWithSubjects {
  @Field({
    proto: 1,
    required: true,
    items: () => FlowSchemaSubject,
    listType: "atomic",
    description: "Whose requests match.",
  })
  subjects!: FlowSchemaSubject[];

  @Field({
    proto: 2,
    items: () => ResourcePolicyRule,
    listType: "atomic",
    description: "Which requests for resources.",
  })
  resourceRules?: ResourcePolicyRule[];

  @Field({ proto: 3, items: () => NonResourcePolicyRule, listType: "atomic", description: "Which other requests." })
  nonResourceRules?: NonResourcePolicyRule[];
}

/** Checks one of a schema's rules; `path` is such as `spec.rules[0]`. */
export function checkRule(rule: PolicyRulesWithSubjects, path: string, errors: FieldErrors): void {
  const { subjects, resourceRules = [], nonResourceRules = [] } = rule;
  if (subjects.length === 0) errors.required(`${path}.subjects`, "subjects must contain at least one value");
  for (const [index, subject] of subjects.entries()) checkSubject(subject, `${path}.subjects[${index}]`, errors);
  if (resourceRules.length === 0 && nonResourceRules.length === 0)
    errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
  for (const [index, one] of resourceRules.entries()) checkResourceRule(one, `${path}.resourceRules[${index}]`, errors);
  for (const [index, one] of nonResourceRules.entries())
    checkNonResourceRule(one, `${path}.nonResourceRules[${index}]`, errors);
}

function checkVerbs(verbs: readonly string[], path: string, errors: FieldErrors): void {
  if (verbs.length === 0) errors.required(path, "verbs must contain at least one value");
  else if (isWild(verbs)) checkAlone(verbs, path, "verbs", errors);
  else if (!verbs.every((verb) => VERBS.includes(verb))) errors.notSupported(path, verbs, VERBS);
}

function checkResourceRule(rule: ResourcePolicyRule, path: string, errors: FieldErrors): void {
  const { apiGroups, resources, namespaces = [] } = rule;
  checkVerbs(rule.verbs, `${path}.verbs`, errors);
  if (apiGroups.length === 0) errors.required(`${path}.apiGroups`, "resource rules must supply at least one api group");
  else checkAlone(apiGroups, `${path}.apiGroups`, "api groups", errors);
  if (resources.length === 0) errors.required(`${path}.resources`, "resource rules must supply at least one resource");
  else checkAlone(resources, `${path}.resources`, "resources", errors);
  const where = `${path}.namespaces`;
  if (namespaces.length === 0 && rule.clusterScope !== true)
    errors.required(where, "resource rules that are not cluster scoped must supply at least one namespace");
  else if (isWild(namespaces)) checkAlone(namespaces, where, "namespaces", errors);
  else for (const [index, name] of namespaces.entries()) checkNamespace(name, `${where}[${index}]`, errors);
}

function checkNamespace(name: string, path: string, errors: FieldErrors): void {
  const intro = "each member of this list must be '*' or a DNS-1123 label; ";
  for (const text of dns1123LabelErrors(name)) errors.invalid(path, name, `${intro}${text}`);
}

function checkNonResourceRule(rule: NonResourcePolicyRule, path: string, errors: FieldErrors): void {
  const urls = rule.nonResourceURLs;
  const where = `${path}.nonResourceURLs`;
  checkVerbs(rule.verbs, `${path}.verbs`, errors);
  if (urls.length === 0) errors.required(where, "nonResourceURLs must contain at least one value");
  else if (isWild(urls)) checkAlone(urls, where, "non-resource URLs", errors);
  else {
    for (const [index, url] of urls.entries()) {
      const problem = urlProblem(url);
      if (problem !== undefined) errors.invalid(`${where}[${index}]`, url, problem);
    }
  }
}

function urlProblem(url: string): string | undefined {
  if (url === "") return "must not be empty";
  if (url === "/") return undefined;
  if (!url.startsWith("/")) return "must start with slash";
  if (url.includes(" ")) return "must not contain white-space";
  if (url.includes("//")) return "must not contain double slash";
  const stars = url.split("*").length - 1;
  if (stars > 1 || (stars === 1 && !url.endsWith("/*"))) return "wildcard can only do suffix matching";
  return undefined;
}

function isWild(values: readonly string[]): boolean {
  return values.includes("*");
}

function checkAlone(values: readonly string[], path: string, what: string, errors: FieldErrors): void {
  if (values.length > 1 && isWild(values))
    errors.invalid(path, values, `if '*' is present, must not specify other ${what}`);
}
