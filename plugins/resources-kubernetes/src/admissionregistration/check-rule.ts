import { type FieldErrors, pathSegmentNameErrors } from "@quarterdeck/meta";
import type { NamedRuleWithOperations, Rule, RuleWithOperations } from "../types/admissionregistration-v1.js";

const ANY = "*";
const SCOPES: readonly string[] = ["*", "Cluster", "Namespaced"];
const OPERATIONS: readonly string[] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

/** Some texts of which `*` leaves no room for others. */
function checkAlone(values: readonly string[], path: string, others: string, errors: FieldErrors): void {
  if (values.length === 0) errors.required(path);
  if (values.length > 1 && values.includes(ANY))
    errors.invalid(path, values, `if '*' is present, must not specify other ${others}`);
}

/** Resources and subresources, none of which another one covers already. */
function checkResources(resources: readonly string[], path: string, errors: FieldErrors): void {
  if (resources.length === 0) errors.required(path);
  const wholeResources = new Set<string>();
  const everySubresources = new Set<string>();
  // upstream looks at the last of those that have no subresource
  let plain = false;
  for (const [index, resource] of resources.entries()) {
    const at = `${path}[${index}]`;
    if (resource === "") {
      errors.required(at);
      continue;
    }
    const slash = resource.indexOf("/");
    if (slash === -1) {
      plain = resource !== ANY;
      continue;
    }
    const [of, subresource] = [resource.slice(0, slash), resource.slice(slash + 1)];
    if (wholeResources.has(of)) errors.invalid(at, resource, `if '${of}/*' is present, must not specify ${resource}`);
    if (everySubresources.has(subresource))
      errors.invalid(at, resource, `if '*/${subresource}' is present, must not specify ${resource}`);
    if (subresource === ANY) wholeResources.add(of);
    if (of === ANY) everySubresources.add(subresource);
  }
  if (resources.length > 1 && resources.includes("*/*"))
    errors.invalid(path, resources, "if '*/*' is present, must not specify other resources");
  if (resources.includes(ANY) && plain)
    errors.invalid(path, resources, "if '*' is present, must not specify other resources without subresources");
}

function checkResourceRule(
  { apiGroups, apiVersions, resources, scope }: Rule,
  path: string,
  errors: FieldErrors,
): void {
  checkAlone(apiGroups ?? [], `${path}.apiGroups`, "API groups", errors);
  checkAlone(apiVersions ?? [], `${path}.apiVersions`, "API versions", errors);
  for (const [index, version] of (apiVersions ?? []).entries())
    if (version === "") errors.required(`${path}.apiVersions[${index}]`);
  checkResources(resources ?? [], `${path}.resources`, errors);
  if (scope !== undefined && !SCOPES.includes(scope)) errors.notSupported(`${path}.scope`, scope, SCOPES);
}

/** Which requests something is asked about; upstream's `validateRuleWithOperations`. */
export function checkRule(rule: RuleWithOperations, path: string, errors: FieldErrors): void {
  checkAlone(rule.operations ?? [], `${path}.operations`, "operations", errors);
  for (const [index, operation] of (rule.operations ?? []).entries())
    if (!OPERATIONS.includes(operation)) errors.notSupported(`${path}.operations[${index}]`, operation, OPERATIONS);
  checkResourceRule(rule, path, errors);
}

/** A rule for some names, each once; upstream's `validateNamedRuleWithOperations`. */
export function checkNamedRule(rule: NamedRuleWithOperations, path: string, errors: FieldErrors): void {
  const names = rule.resourceNames ?? [];
  for (const [index, name] of names.entries()) {
    const at = `${path}.resourceNames[${index}]`;
    errors.invalidEach(at, name, pathSegmentNameErrors(name));
    if (names.indexOf(name) < index) errors.duplicate(at, name);
  }
  checkRule(rule, path, errors);
}
