import { dns1123SubdomainErrors, type FieldErrors, pathSegmentNameErrors } from "@quarterdeck/meta";
import { checkCel } from "../checks/check-cel.js";
import { checkLabelSelector } from "../checks/check-label-selector.js";
import { dns1035LabelErrors } from "../checks/dns-1035.js";
import { sameJson } from "../checks/same-json.js";
import type {
  MatchResources,
  MutatingAdmissionPolicySpec,
  ParamKind,
  ParamRef,
  ValidatingAdmissionPolicySpec,
  Variable,
} from "../types/admissionregistration-v1.js";
import { celVariables, checkMatchConditions } from "./check-match-conditions.js";
import { checkNamedRule } from "./check-rule.js";
import { FAILURE_POLICIES, MATCH_POLICIES } from "./policy-names.js";

type PolicySpec = ValidatingAdmissionPolicySpec | MutatingAdmissionPolicySpec;

const NOT_FOUND_ACTIONS: readonly string[] = ["Deny", "Allow"];
const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const RESERVED = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

function checkParamVersion(apiVersion: string, path: string, errors: FieldErrors): void {
  const [first = "", second, ...rest] = apiVersion.split("/");
  if (rest.length > 0) {
    errors.invalid(path, apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
    return;
  }
  const [group, version] = second === undefined ? ["", first] : [first, second];
  const groupProblems = group === "" ? [] : dns1123SubdomainErrors(group);
  if (groupProblems.length > 0) errors.invalid(path, group, groupProblems.join(","));
  const versionProblems = dns1035LabelErrors(version);
  if (version === "") errors.invalid(path, apiVersion, "version must be specified");
  else if (versionProblems.length > 0) errors.invalid(path, version, versionProblems.join(","));
}

function checkParamKind({ apiVersion = "", kind = "" }: ParamKind, errors: FieldErrors): void {
  const path = "spec.paramKind";
  if (apiVersion === "") errors.required(`${path}.apiVersion`);
  else checkParamVersion(apiVersion, `${path}.apiVersion`, errors);
  const problems = dns1035LabelErrors(kind.toLowerCase());
  if (kind === "") errors.required(`${path}.kind`);
  else if (problems.length > 0)
    errors.invalid(`${path}.kind`, kind, `may have mixed case, but should otherwise match: ${problems.join(",")}`);
}

/** Which objects and requests are meant; upstream's `validateMatchResources`. */
function checkMatchResources(match: MatchResources, path: string, errors: FieldErrors): void {
  const { matchPolicy, namespaceSelector, objectSelector } = match;
  if (matchPolicy === undefined) errors.required(`${path}.matchPolicy`);
  else if (!MATCH_POLICIES.includes(matchPolicy))
    errors.notSupported(`${path}.matchPolicy`, matchPolicy, MATCH_POLICIES);
  if (namespaceSelector === undefined) errors.required(`${path}.namespaceSelector`);
  else checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  if (objectSelector === undefined) errors.required(`${path}.objectSelector`);
  else checkLabelSelector(objectSelector, `${path}.objectSelector`, errors);
  for (const [index, rule] of (match.resourceRules ?? []).entries())
    checkNamedRule(rule, `${path}.resourceRules[${index}]`, errors);
  for (const [index, rule] of (match.excludeResourceRules ?? []).entries())
    checkNamedRule(rule, `${path}.excludeResourceRules[${index}]`, errors);
}

/** What a policy is for, before its conditions. */
export function checkPolicyMatch(spec: PolicySpec, errors: FieldErrors): void {
  const { failurePolicy, paramKind, matchConstraints } = spec;
  if (failurePolicy === undefined) errors.required("spec.failurePolicy");
  else if (!FAILURE_POLICIES.includes(failurePolicy))
    errors.notSupported("spec.failurePolicy", failurePolicy, FAILURE_POLICIES);
  if (paramKind !== undefined) checkParamKind(paramKind, errors);
  if (matchConstraints === undefined) {
    errors.required("spec.matchConstraints");
    return;
  }
  checkMatchResources(matchConstraints, "spec.matchConstraints", errors);
  if ((matchConstraints.resourceRules ?? []).length === 0) errors.required("spec.matchConstraints.resourceRules");
}

/** The conditions of a policy, which are not looked at again when neither they nor the kind of parameters change. */
export function checkPolicyConditions(spec: PolicySpec, old: PolicySpec | undefined, errors: FieldErrors): void {
  const { matchConditions, paramKind } = spec;
  const same =
    old !== undefined && sameJson(paramKind, old.paramKind) && sameJson(matchConditions, old.matchConditions);
  if (!same) checkMatchConditions(matchConditions ?? [], paramKind !== undefined, "spec.matchConditions", errors);
}

/** The variables of a policy, of which each may use those before it; upstream's `validateVariable`. */
export function checkVariables(variables: readonly Variable[], hasParams: boolean, errors: FieldErrors): void {
  for (const [index, { name, expression }] of variables.entries()) {
    const path = `spec.variables[${index}]`;
    if (name.trim() === "") errors.required(`${path}.name`, "name is not specified");
    else if (!IDENTIFIER.test(name) || RESERVED.has(name))
      errors.invalid(`${path}.name`, name, "must be a valid CEL identifier");
    if (expression.trim() === "") errors.required(`${path}.expression`, "expression is not specified");
    else checkCel(expression, celVariables(hasParams, "variables"), `${path}.expression`, errors);
  }
}

function checkParamRef(reference: ParamRef, errors: FieldErrors): void {
  const path = "spec.paramRef";
  const { name = "", selector, parameterNotFoundAction: action = "" } = reference;
  const exclusive = "name and selector are mutually exclusive";
  if (name !== "") {
    errors.invalidEach(`${path}.name`, name, pathSegmentNameErrors(name));
    if (selector !== undefined) errors.forbidden(`${path}.name`, exclusive);
  }
  if (selector !== undefined) {
    checkLabelSelector(selector, `${path}.selector`, errors);
    if (name !== "") errors.forbidden(`${path}.selector`, exclusive);
  }
  if (name === "" && selector === undefined) errors.required(path, "one of name or selector must be specified");
  if (action === "") errors.required(`${path}.parameterNotFoundAction`);
  else if (!NOT_FOUND_ACTIONS.includes(action))
    errors.notSupported(`${path}.parameterNotFoundAction`, action, NOT_FOUND_ACTIONS);
}

/** A binding without a policy is none; when that is told of depends on its kind. */
export function checkPolicyNamed({ policyName = "" }: { readonly policyName?: string }, errors: FieldErrors): void {
  if (policyName === "") errors.required("spec.policyName");
}

/** What both kinds of bindings have: the name of a policy, its parameters, and which objects it is for. */
export function checkBinding(
  spec: { readonly policyName?: string; readonly paramRef?: ParamRef; readonly matchResources?: MatchResources },
  errors: FieldErrors,
): void {
  const { policyName = "", paramRef, matchResources } = spec;
  if (policyName !== "") errors.invalidEach("spec.policyName", policyName, dns1123SubdomainErrors(policyName));
  if (paramRef !== undefined) checkParamRef(paramRef, errors);
  if (matchResources !== undefined) checkMatchResources(matchResources, "spec.matchResources", errors);
}
