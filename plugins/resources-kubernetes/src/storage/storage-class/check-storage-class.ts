import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkLabelKey } from "../../checks/check-labels.js";
import type { TopologySelectorLabelRequirement, TopologySelectorTerm } from "../../types/core-v1.js";
import type { StorageClass } from "../../types/storage-v1.js";
import { checkDriverParameters, checkProvisioner } from "../check-driver-parameters.js";

const RECLAIM_POLICIES = ["Delete", "Retain"];
const BINDING_MODES = ["Immediate", "WaitForFirstConsumer"];

function checkRequirement({ key, values }: TopologySelectorLabelRequirement, path: string, errors: FieldErrors): void {
  const given = values ?? [];
  if (given.length === 0) errors.required(`${path}.values`);
  const seen = new Set<string>();
  for (const [index, value] of given.entries()) {
    if (seen.has(value)) errors.duplicate(`${path}.values[${index}]`, value);
    seen.add(value);
  }
  checkLabelKey(key, `${path}.key`, errors);
}

/** Checks a term; what it asks for comes back as a text that terms share when they ask for the same. */
function checkTerm({ matchLabelExpressions = [] }: TopologySelectorTerm, path: string, errors: FieldErrors): string {
  const asked = new Map<string, string[]>();
  for (const [index, one] of matchLabelExpressions.entries()) {
    const at = `${path}.matchLabelExpressions[${index}]`;
    checkRequirement(one, at, errors);
    if (asked.has(one.key)) errors.duplicate(`${at}.key`, one.key);
    asked.set(one.key, [...new Set(one.values ?? [])].sort());
  }
  return JSON.stringify([...asked].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function checkTopologies(terms: readonly TopologySelectorTerm[], path: string, errors: FieldErrors): void {
  // An empty term is its own duplicate, as upstream has it, which tells of every duplicate as often as there are others.
  const seen = new Set(["[]"]);
  for (const [index, term] of terms.entries()) {
    const at = `${path}[${index}]`;
    const asked = checkTerm(term, at, errors);
    if (seen.has(asked)) errors.duplicate(`${at}.matchLabelExpressions`, "");
    seen.add(asked);
  }
}

/** What a storage class says, but for whether it has a provisioner; upstream's `ValidateStorageClass`, after defaulting. */
export function checkStorageClass(
  {
    provisioner,
    parameters,
    reclaimPolicy,
    volumeBindingMode,
    allowedTopologies,
  }: { readonly [Field in Exclude<keyof StorageClass, "metadata">]: StorageClass[Field] | undefined },
  errors: FieldErrors,
): void {
  if (provisioner) checkProvisioner(provisioner, "provisioner", errors);
  checkDriverParameters(parameters, "parameters", errors);
  if (reclaimPolicy) checkEnum(reclaimPolicy, RECLAIM_POLICIES, "reclaimPolicy", errors);
  if (volumeBindingMode !== undefined) checkEnum(volumeBindingMode, BINDING_MODES, "volumeBindingMode", errors);
  checkTopologies(allowedTopologies ?? [], "allowedTopologies", errors);
}
