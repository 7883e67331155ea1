import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "./same-json.js";

/** Refuses a change of a field; upstream's `ValidateImmutableField`. */
export function checkImmutable(value: unknown, old: unknown, path: string, errors: FieldErrors): void {
  if (!sameJson(value, old)) errors.invalid(path, value, "field is immutable");
}

/** The same of a field whose type declares that it stays, which does not tell the value; upstream's `validate.Immutable`. */
export function checkDeclaredImmutable(value: unknown, old: unknown, path: string, errors: FieldErrors): void {
  if (!sameJson(value, old)) errors.invalid(path, null, "field is immutable");
}
