import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../../checks/check-conditions.js";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type {
  StorageVersionMigrationSpec,
  StorageVersionMigrationStatus,
} from "../../types/storagemigration-v1beta1.js";

const RESOURCE_VERSION = /^[1-9][0-9]*$/;

/** Which resource is written anew; upstream's `ValidateStorageVersionMigration`. */
export function checkMigration(spec: StorageVersionMigrationSpec, errors: FieldErrors): void {
  const { resource, group } = spec.resource;
  const path = "spec.resource";
  if (resource === "") errors.required(`${path}.resource`, "resource is required to be set");
  else {
    const problems = dns1035LabelErrors(resource);
    if (problems.length > 0) errors.invalid(`${path}.resource`, resource, problems.join(","));
  }
  const problems = group === "" ? [] : dns1123SubdomainErrors(group);
  if (problems.length > 0) errors.invalid(`${path}.group`, group, problems.join(","));
}

function isTrue({ conditions }: StorageVersionMigrationStatus, type: string): boolean {
  return conditions?.find((one) => one.type === type)?.status === "True";
}

/** A migration that has ended stays so; upstream's `ValidateStorageVersionMigrationStatusUpdate`. */
export function checkMigrationStatus(
  status: StorageVersionMigrationStatus,
  old: StorageVersionMigrationStatus,
  errors: FieldErrors,
): void {
  const { resourceVersion = "" } = status;
  const path = "status.resourceVersion";
  if (resourceVersion !== "" && !RESOURCE_VERSION.test(resourceVersion))
    errors.invalid(path, resourceVersion, `resource version is not well formed: ${resourceVersion}`);
  checkConditions(status.conditions, "status.conditions", errors);
  if ((old.resourceVersion ?? "") !== "" && old.resourceVersion !== resourceVersion)
    errors.invalid(path, resourceVersion, "field is immutable");
  const refuse = (why: string): void => errors.invalid("status.conditions", status.conditions ?? null, why);
  if (isTrue(status, "Succeeded") && isTrue(status, "Failed"))
    refuse("Both success and failed conditions cannot be true at the same time");
  if (isTrue(old, "Succeeded") && !isTrue(status, "Succeeded"))
    refuse("Success condition cannot be set to false once it is true");
  if (isTrue(old, "Failed") && !isTrue(status, "Failed"))
    refuse("Failed condition cannot be set to false once it is true");
}
