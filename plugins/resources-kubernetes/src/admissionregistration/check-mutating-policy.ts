import type { FieldErrors } from "@quarterdeck/meta";
import { checkCel, evaluatesTo } from "../checks/check-cel.js";
import type { MatchResources, MutatingAdmissionPolicySpec, Mutation } from "../types/admissionregistration-v1.js";
import { celVariables } from "./check-match-conditions.js";
import { checkPolicyConditions, checkPolicyMatch, checkVariables } from "./check-policy.js";
import { REINVOCATION_POLICIES } from "./policy-names.js";

const PATCH_TYPES: readonly string[] = ["ApplyConfiguration", "JSONPatch"];
const OPERATIONS: readonly string[] = ["*", "CONNECT", "CREATE", "UPDATE"];

/** What is deleted cannot be changed. */
export function checkMutableOperations(match: MatchResources | undefined, path: string, errors: FieldErrors): void {
  for (const operation of (match?.resourceRules ?? []).flatMap(({ operations }) => operations ?? []))
    if (!OPERATIONS.includes(operation)) errors.notSupported(`${path}.resourceRules.operations`, operation, OPERATIONS);
}

function checkExpression(
  expression: string,
  type: string,
  variables: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (expression.trim() === "") errors.required(`${path}.expression`);
  else checkCel(expression.trim(), variables, `${path}.expression`, errors, evaluatesTo(type));
}

function checkMutation(mutation: Mutation, variables: readonly string[], path: string, errors: FieldErrors): void {
  const { patchType, applyConfiguration, jsonPatch } = mutation;
  if (patchType === "") errors.required(`${path}.patchType`);
  else if (patchType === "JSONPatch") {
    if (jsonPatch === undefined) errors.required(`${path}.jsonPatch`, "must be specified when patchType is JSONPatch");
    else checkExpression(jsonPatch.expression ?? "", "list(JSONPatch)", variables, `${path}.jsonPatch`, errors);
    if (applyConfiguration !== undefined)
      errors.invalid(
        `${path}.applyConfiguration`,
        "{applyConfiguration}",
        "must not be specified when patchType is JSONPatch",
      );
  } else if (patchType === "ApplyConfiguration") {
    if (applyConfiguration === undefined)
      errors.required(`${path}.applyConfiguration`, "must be specified when patchType is ApplyConfiguration");
    else
      checkExpression(applyConfiguration.expression ?? "", "Object", variables, `${path}.applyConfiguration`, errors);
    if (jsonPatch !== undefined)
      errors.invalid(`${path}.jsonPatch`, "{jsonPatch}", "must not be specified when patchType is ApplyConfiguration");
  } else errors.notSupported(`${path}.patchType`, patchType, PATCH_TYPES);
}

/** What a policy is for and what it changes; upstream's `validateMutatingAdmissionPolicySpec`. */
export function checkMutatingPolicy(
  spec: MutatingAdmissionPolicySpec,
  old: MutatingAdmissionPolicySpec | undefined,
  errors: FieldErrors,
): void {
  checkPolicyMatch(spec, errors);
  checkMutableOperations(spec.matchConstraints, "spec.matchConstraints", errors);
  checkPolicyConditions(spec, old, errors);
  const hasParams = spec.paramKind !== undefined;
  checkVariables(spec.variables ?? [], hasParams, errors);
  const mutations = spec.mutations ?? [];
  if (mutations.length === 0) errors.required("spec.mutations", "mutations must contain at least one item");
  for (const [index, mutation] of mutations.entries())
    checkMutation(mutation, celVariables(hasParams, "variables"), `spec.mutations[${index}]`, errors);
  const { reinvocationPolicy = "" } = spec;
  if (reinvocationPolicy === "") errors.required("spec.reinvocationPolicy");
  else if (!REINVOCATION_POLICIES.includes(reinvocationPolicy))
    errors.notSupported("spec.reinvocationPolicy", reinvocationPolicy, REINVOCATION_POLICIES);
}
