import type { FieldErrors } from "@quarterdeck/meta";
import { checkResourceQuantity } from "../../checks/check-quantity.js";
import { checkQuotaResourceName } from "../../checks/check-resource-name.js";
import type { ResourceList } from "../../types/core-v1.js";

/** Upstream's rules for the resources of a quota and how much there may be of them; the quantities are canonical. */
export function checkQuantities(values: ResourceList | undefined, field: string, errors: FieldErrors): void {
  for (const [name, text] of Object.entries(values ?? {})) {
    const path = `${field}[${name}]`;
    checkQuotaResourceName(name, path, errors);
    checkResourceQuantity(name, text, path, errors);
  }
}
