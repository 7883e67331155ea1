import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { isCounted } from "./resource-names.js";

const ZERO = Quantity.of(0);
const MILLI_DIGITS = 3;

/** Whether a quantity has whole units, as far as upstream looks: to a thousandth. */
export function isWholeQuantity(text: string): boolean {
  return Quantity.parse(text).roundUp(MILLI_DIGITS).isWhole;
}

/** Refuses less than nothing; upstream's `ValidateNonnegativeQuantity`. */
export function checkNonnegativeQuantity(text: string, path: string, errors: FieldErrors): void {
  if (Quantity.parse(text).compare(ZERO) < 0) errors.invalid(path, text, "must be greater than or equal to 0");
}

/** Refuses nothing and less; upstream's `ValidatePositiveQuantityValue`. */
export function checkPositiveQuantity(text: string, path: string, errors: FieldErrors): void {
  if (Quantity.parse(text).compare(ZERO) <= 0) errors.invalid(path, text, "must be greater than zero");
}

/** Whether an amount is not less than nothing, told of in whole units; upstream's `validateBasicResource`. */
export function checkBasicResource(text: string, path: string, errors: FieldErrors): boolean {
  const { units } = Quantity.parse(text);
  if (units >= 0n) return true;
  errors.invalid(path, Number(units), "must be a valid resource quantity");
  return false;
}

/** How much of a resource there may be: not less than nothing, and whole ones of what is counted; upstream's `ValidateResourceQuantityValue`. */
export function checkResourceQuantity(name: string, text: string, path: string, errors: FieldErrors): void {
  checkNonnegativeQuantity(text, path, errors);
  if (isCounted(name) && !isWholeQuantity(text)) errors.invalid(path, text, "must be an integer");
}
