import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import {
  isExtendedResource,
  isNativeResource,
  isPodResource,
  isStandardContainerResource,
  isStandardQuotaResource,
  isStandardResource,
} from "./resource-names.js";

/** How one place checks the names of resources. */
export type CheckResourceName = (name: string, path: string, errors: FieldErrors) => void;

/** Whether a name is a resource's: qualified, and known when it has no domain; upstream's `validateResourceName`. */
export function checkResourceName(name: string, path: string, errors: FieldErrors): boolean {
  const problems = qualifiedNameErrors(name);
  errors.invalidEach(path, name, problems);
  if (problems.length > 0) return false;
  if (name.includes("/") || isStandardResource(name)) return true;
  errors.invalid(path, name, "must be a standard resource type or fully qualified");
  return false;
}

/** Whether a container may ask for a resource; upstream's `ValidateContainerResourceName`. */
export function checkContainerResourceName(name: string, path: string, errors: FieldErrors): void {
  checkResourceName(name, path, errors);
  if (!name.includes("/")) {
    if (!isStandardContainerResource(name)) errors.invalid(path, name, "must be a standard resource for containers");
  } else if (!isNativeResource(name) && !isExtendedResource(name))
    errors.invalid(path, name, "doesn't follow extended resource name standard");
}

/** Whether a pod as a whole may ask for a resource; upstream's `validatePodResourceName`. */
export function checkPodResourceName(name: string, path: string, errors: FieldErrors): void {
  if (!checkResourceName(name, path, errors) || isPodResource(name)) return;
  errors.notSupported(path, name, ["cpu", "hugepages-", "memory"]);
}

/** Whether a quota may limit a resource; upstream's `ValidateResourceQuotaResourceName`. */
export function checkQuotaResourceName(name: string, path: string, errors: FieldErrors): void {
  checkResourceName(name, path, errors);
  if (!name.includes("/") && !isStandardQuotaResource(name))
    errors.invalid(path, name, "must be a standard resource for quota");
}
