import type { FieldErrors } from "@quarterdeck/meta";
import type { Counter } from "../types/resource-v1.js";

const MAX_COUNTERS = 32;

/** How many counters a set has, or a device takes of one; what else they must be upstream declares. */
export function checkCounters(
  counters: { readonly [name: string]: Counter } | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const count = Object.keys(counters ?? {}).length;
  if (count > MAX_COUNTERS) errors.tooMany(path, count, MAX_COUNTERS);
}
