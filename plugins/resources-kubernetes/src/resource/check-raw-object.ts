import { type FieldErrors, isJsonObject } from "@quarterdeck/meta";

const MAX_BYTES = 10 * 1024;

/**
 * What a driver is told, or tells: an object of its own; upstream's `validateRawExtension`. `stored`: it may be long, since it
 * stands there.
 */
export function checkRawObject(value: unknown, path: string, errors: FieldErrors, stored = false): void {
  if (value === null || value === undefined) errors.required(path);
  else if (!stored && Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) errors.tooLong(path, MAX_BYTES);
  else if (!isJsonObject(value)) errors.invalid(path, "<value omitted>", "must be a valid JSON object");
}
