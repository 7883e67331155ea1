import type { FieldErrors } from "@quarterdeck/meta";
import { isStandardQuotaResource } from "../../checks/resource-names.js";
import type { ResourceQuotaSpec, ScopedResourceSelectorRequirement } from "../../types/core-v1.js";

const PODS = ["pods"];
const COMPUTE = [...PODS, "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
const CLAIMS = ["persistentvolumeclaims", "requests.storage"];

/** The resources that a scope can be applied to, by scope. */
const RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ["Terminating", COMPUTE],
  ["NotTerminating", COMPUTE],
  ["BestEffort", PODS],
  ["NotBestEffort", COMPUTE],
  ["PriorityClass", COMPUTE],
  ["CrossNamespacePodAffinity", COMPUTE],
  ["VolumeAttributesClass", CLAIMS],
]);

const PAIRS = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
];

/** Scopes that objects are in or not, whatever their values. */
const PLAIN = ["BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity"];
const MUST_EXIST = `must be 'Exists' when scope is any of ${[
  "Terminating",
  "NotTerminating",
  "BestEffort",
  "NotBestEffort",
]
  .map((scope) => `ResourceQuotaScope${scope}`)
  .join(", ")} or ResourceQuotaScopeCrossNamespacePodAffinity`;

function unfit(scope: string, { hard = {} }: ResourceQuotaSpec): readonly string[] {
  const fit = RESOURCES.get(scope);
  return Object.keys(hard).filter((name) => fit !== undefined && isStandardQuotaResource(name) && !fit.includes(name));
}

function hasConflict(scopes: readonly string[]): number {
  return PAIRS.filter((pair) => pair.every((scope) => scopes.includes(scope))).length;
}

function checkPlainScopes(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  const { scopes = [] } = spec;
  const wrong = (why: string): void => errors.invalid("spec.scopes", scopes, why);
  for (const scope of scopes) {
    if (!RESOURCES.has(scope)) wrong("unsupported scope");
    for (const _ of unfit(scope, spec)) wrong("unsupported scope applied to resource");
  }
  for (let count = hasConflict(scopes); count > 0; count--) wrong("conflicting scopes");
}

function checkOperator(
  { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement,
  errors: FieldErrors,
): void {
  const path = "spec.scopeSelector.matchExpressions";
  if (PLAIN.includes(scopeName) && operator !== "Exists") errors.invalid(`${path}.operator`, operator, MUST_EXIST);
  if (operator === "In" || operator === "NotIn") {
    const why = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    if (values.length === 0) errors.required(`${path}.values`, why);
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    const why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    if (values.length > 0) errors.invalid(`${path}.values`, values, why);
  } else errors.invalid(`${path}.operator`, operator, "not a valid selector operator");
}

function checkSelector(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  const path = "spec.scopeSelector.matchExpressions";
  const requirements = spec.scopeSelector?.matchExpressions ?? [];
  for (const requirement of requirements) {
    const { scopeName } = requirement;
    if (!RESOURCES.has(scopeName)) errors.invalid(`${path}.scopeName`, scopeName, "unsupported scope");
    for (const _ of unfit(scopeName, spec))
      errors.invalid(path, spec.scopeSelector, "unsupported scope applied to resource");
    checkOperator(requirement, errors);
  }
  const scopes = requirements.map(({ scopeName }) => scopeName);
  // Upstream names the list beside.
  for (let count = hasConflict(scopes); count > 0; count--) errors.invalid(path, spec.scopes, "conflicting scopes");
}

/** Upstream's rules for the scopes of a quota, on both of the ways in which they are said. */
export function checkScopes(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  checkPlainScopes(spec, errors);
  checkSelector(spec, errors);
}
