import { type FieldErrors, Quantity, qualifiedNameErrors } from "@quarterdeck/meta";
import type { Quantities } from "./quantities.js";
import { isIntegerResource, isStandardQuotaResource, isStandardResource } from "./resource-names.js";

function checkName(name: string, path: string, errors: FieldErrors): void {
  const problems = qualifiedNameErrors(name);
  for (const problem of problems) errors.invalid(path, name, problem);
  if (name.includes("/")) return;
  if (problems.length === 0 && !isStandardResource(name))
    errors.invalid(path, name, "must be a standard resource type or fully qualified");
  if (!isStandardQuotaResource(name)) errors.invalid(path, name, "must be a standard resource for quota");
}

/** Upstream's rules for the resources of a quota and how much there may be of them; the quantities are canonical. */
export function checkQuantities(values: Quantities | undefined, field: string, errors: FieldErrors): void {
  for (const [name, text] of Object.entries(values ?? {})) {
    const path = `${field}[${name}]`;
    checkName(name, path, errors);
    const quantity = Quantity.parse(text);
    if (quantity.compare(Quantity.of(0)) < 0) errors.invalid(path, text, "must be greater than or equal to 0");
    if (isIntegerResource(name) && !quantity.isWhole) errors.invalid(path, text, "must be an integer");
  }
}
