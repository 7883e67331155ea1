import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import type { NonResourcePolicyRule, PolicyRulesWithSubjects, ResourcePolicyRule } from "../types/flowcontrol-v1.js";
import { checkSubject } from "./check-flow-subject.js";

/** The verbs that a rule may name. */
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

/** Checks one of a schema's rules; `path` is such as `spec.rules[0]`. */
export function checkRule(rule: PolicyRulesWithSubjects, path: string, errors: FieldErrors): void {
  const { resourceRules = [], nonResourceRules = [] } = rule;
  const subjects = rule.subjects ?? [];
  if (subjects.length === 0) errors.required(`${path}.subjects`, "subjects must contain at least one value");
  for (const [index, subject] of subjects.entries()) checkSubject(subject, `${path}.subjects[${index}]`, errors);
  if (resourceRules.length === 0 && nonResourceRules.length === 0)
    errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
  for (const [index, one] of resourceRules.entries()) checkResourceRule(one, `${path}.resourceRules[${index}]`, errors);
  for (const [index, one] of nonResourceRules.entries())
    checkNonResourceRule(one, `${path}.nonResourceRules[${index}]`, errors);
}

function checkVerbs(given: readonly string[] | null, path: string, errors: FieldErrors): void {
  const verbs = given ?? [];
  if (verbs.length === 0) errors.required(path, "verbs must contain at least one value");
  else if (isWild(verbs)) checkAlone(verbs, path, "verbs", errors);
  else if (!verbs.every((verb) => VERBS.includes(verb))) errors.notSupported(path, verbs, VERBS);
}

function checkResourceRule(rule: ResourcePolicyRule, path: string, errors: FieldErrors): void {
  const [apiGroups, resources, namespaces] = [rule.apiGroups ?? [], rule.resources ?? [], rule.namespaces ?? []];
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
  const urls = rule.nonResourceURLs ?? [];
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
