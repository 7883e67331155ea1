import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type JsonObject, type KubeObject, missingRules, rulesOf } from "@quarterdeck/meta";
import { AUTOUPDATE, type PolicyObject, ruleObject } from "./policy-object.js";

/** What has to be done with an object of the default policy. */
export type Reconciliation =
  | { readonly action: "none" }
  | { readonly action: "update"; readonly object: KubeObject }
  /** A binding of another role: the reference cannot be changed. */
  | { readonly action: "recreate" };

const NONE: Reconciliation = { action: "none" };

function objects(value: KubeObject[string]): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function listOf(object: KubeObject, field: string, inner?: string): JsonObject[] {
  return objects(inner === undefined ? object[field] : Object(object[field])[inner]);
}

/** What of `wanted` is not in `given`, absent and empty fields being the same. */
function missing(given: readonly JsonObject[], wanted: readonly JsonObject[]): JsonObject[] {
  const bare = (one: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== "" && value !== undefined));
  return wanted.filter((one) => !given.some((other) => isDeepStrictEqual(bare(other), bare(one))));
}

function reconcileRole(object: KubeObject, wanted: PolicyObject): boolean {
  if (wanted.aggregationRule === undefined) {
    const lacking = missingRules(rulesOf(object), rulesOf(wanted));
    if (lacking.length > 0) object.rules = [...listOf(object, "rules"), ...lacking.map(ruleObject)];
    return lacking.length > 0;
  }
  const given = listOf(object, "aggregationRule", "clusterRoleSelectors");
  const lacking = missing(given, listOf(wanted, "aggregationRule", "clusterRoleSelectors"));
  if (lacking.length === 0) return false;
  // What a role held before it was gathered is gathered from now on.
  if (object.aggregationRule === undefined) delete object.rules;
  object.aggregationRule = { clusterRoleSelectors: [...given, ...lacking] };
  return true;
}

function reconcileBinding(object: KubeObject, wanted: PolicyObject): boolean {
  const lacking = missing(listOf(object, "subjects"), listOf(wanted, "subjects"));
  if (lacking.length > 0) object.subjects = [...listOf(object, "subjects"), ...lacking];
  return lacking.length > 0;
}

function reconcileMetadata({ metadata }: KubeObject, wanted: PolicyObject): boolean {
  let changed = false;
  for (const field of ["labels", "annotations"] as const) {
    const merged = { ...wanted.metadata[field], ...metadata[field] };
    if (isDeepStrictEqual(merged, { ...metadata[field] })) continue;
    metadata[field] = merged;
    changed = true;
  }
  return changed;
}

/**
 * What an object lacks of what it should be: rules, subjects, labels and annotations are added, none is taken away, and
 * nothing is done to one that is annotated so; upstream's `reconciliation`.
 */
export function reconciled(existing: KubeObject, wanted: PolicyObject): Reconciliation {
  if (existing.metadata.annotations?.[AUTOUPDATE] === "false") return NONE;
  const binds = wanted.kind.endsWith("Binding");
  if (binds && !isDeepStrictEqual(existing.roleRef, wanted.roleRef)) return { action: "recreate" };
  const object = structuredClone(existing);
  const changed = binds ? reconcileBinding(object, wanted) : reconcileRole(object, wanted);
  return reconcileMetadata(object, wanted) || changed ? { action: "update", object } : NONE;
}
