import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkContainerResourceName, checkResourceName } from "../../checks/check-resource-name.js";
import type * as core from "../../types/core-v1.js";
import { checkLimits } from "./check-limits.js";

const TYPES = ["Pod", "Container", "PersistentVolumeClaim"];
const NAMED = ["max", "min", "default", "defaultRequest"] as const;

function checkType(type: string, path: string, errors: FieldErrors): void {
  const problems = qualifiedNameErrors(type);
  errors.invalidEach(path, type, problems);
  if (problems.length === 0 && !type.includes("/") && !TYPES.includes(type))
    errors.invalid(path, type, "must be a standard limit type or fully qualified");
}

function checkNames(list: core.ResourceList | undefined, type: string, path: string, errors: FieldErrors): void {
  const check = type === "Pod" || type === "Container" ? checkContainerResourceName : checkResourceName;
  for (const name of Object.keys(list ?? {})) check(name, `${path}[${name}]`, errors);
}

/** Pods as wholes have no defaults: their containers have. */
function checkPodDefaults(item: core.LimitRangeItem, path: string, errors: FieldErrors): void {
  for (const field of ["default", "defaultRequest"] as const)
    if (Object.keys(item[field] ?? {}).length > 0)
      errors.forbidden(`${path}.${field}`, "may not be specified when `type` is 'Pod'");
}

function checkItem(item: core.LimitRangeItem, path: string, errors: FieldErrors): void {
  const { type, min = {}, max = {} } = item;
  const pod = type === "Pod";
  for (const field of pod ? NAMED.slice(0, 2) : NAMED) checkNames(item[field], type, `${path}.${field}`, errors);
  if (pod) checkPodDefaults(item, path, errors);
  if (type === "PersistentVolumeClaim" && !Object.hasOwn(min, "storage") && !Object.hasOwn(max, "storage")) {
    const detail = "either minimum or maximum storage value is required, but neither was provided";
    errors.required(`${path}.limits`, detail);
  }
  checkNames(item.maxLimitRequestRatio, type, `${path}.maxLimitRequestRatio`, errors);
  checkLimits(pod ? { ...item, default: {}, defaultRequest: {} } : item, path, errors);
}

/** What is wrong with a limit range; upstream's `ValidateLimitRange`. */
export function checkLimitRange({ limits }: core.LimitRangeSpec, errors: FieldErrors): void {
  const types = new Set<string>();
  for (const [index, item] of (limits ?? []).entries()) {
    const path = `spec.limits[${index}]`;
    checkType(item.type, `${path}.type`, errors);
    if (types.has(item.type)) errors.duplicate(`${path}.type`, item.type);
    types.add(item.type);
    checkItem(item, path, errors);
  }
}
