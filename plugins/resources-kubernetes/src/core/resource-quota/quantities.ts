import { Quantity, QuantityError, StatusError } from "@quarterdeck/meta";
import type { FieldSchema } from "@quarterdeck/sdk";

/** Quantities by resource; in JSON a bare number is one too, but what is stored is text. */
export type Quantities = { [resource: string]: string };

/** The schema of one of them. */
export const QUANTITY: FieldSchema = Object.freeze({ intOrString: true, format: "quantity" });

/** To how many decimals upstream rounds the quantities of a list. */
const DECIMALS = 3;

/**
 * Brings quantities into their canonical form, rounded up to thousandths as upstream's defaults do. Throws upstream's 400
 * for what is none.
 */
export function canonicalQuantities(kind: string, values: Quantities | undefined): void {
  if (values === undefined) return;
  for (const [resource, value] of Object.entries(values)) {
    try {
      values[resource] = Quantity.parse(String(value)).roundUp(DECIMALS).toString();
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      throw StatusError.badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${error.message}`);
    }
  }
}
