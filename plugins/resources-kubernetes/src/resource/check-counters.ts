import type { FieldErrors } from "@quarterdeck/meta";
import type { Counter } from "../types/resource-v1.js";
import { checkDeviceName } from "./check-device-names.js";

const MAX_COUNTERS = 32;

/** The counters of a set, or what a device takes of them. */
export function checkCounters(
  counters: { readonly [name: string]: Counter } | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const names = Object.keys(counters ?? {});
  if (names.length === 0) errors.required(path);
  else if (names.length > MAX_COUNTERS) errors.tooMany(path, names.length, MAX_COUNTERS);
  else for (const name of names) checkDeviceName(name, path, errors);
}
