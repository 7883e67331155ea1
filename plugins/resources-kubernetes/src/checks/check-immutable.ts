import type { FieldErrors } from "@quarterdeck/meta";
import { sameJson } from "./same-json.js";

/** Refuses a change of a field; upstream's `ValidateImmutableField`. */
export function checkImmutable(value: unknown, old: unknown, path: string, errors: FieldErrors): void {
  if (!sameJson(value, old)) errors.invalid(path, value, "field is immutable");
}
