import type { FieldErrors } from "@quarterdeck/meta";

const KEY = /^[-._a-zA-Z0-9]+$/;
const FORMAT =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** How many bytes a ConfigMap or a Secret may hold in all: upstream's MaxSecretSize. */
export const MAX_DATA_BYTES = 1_048_576;

/** The problems of a key of a ConfigMap or Secret; upstream's `IsConfigMapKey`. */
export function checkDataKey(key: string, field: string, errors: FieldErrors): void {
  const path = `${field}[${key}]`;
  if (key.length > 253) errors.invalid(path, key, "must be no more than 253 characters");
  if (!KEY.test(key)) errors.invalid(path, key, FORMAT);
  else if (key === ".") errors.invalid(path, key, "must not be '.'");
  else if (key === "..") errors.invalid(path, key, "must not be '..'");
  else if (key.startsWith("..")) errors.invalid(path, key, "must not start with '..'");
}

/** The bytes of the keys' values as they would be decoded from base64. */
export function decodedBytes(values: { readonly [key: string]: string } | undefined): number {
  let bytes = 0;
  for (const value of Object.values(values ?? {})) bytes += Buffer.byteLength(value, "base64");
  return bytes;
}

/** The UTF-8 bytes of the values. */
export function textBytes(values: { readonly [key: string]: string } | undefined): number {
  let bytes = 0;
  for (const value of Object.values(values ?? {})) bytes += Buffer.byteLength(value);
  return bytes;
}

/** True when both maps have the same keys with the same values. */
export function sameData(
  left: { readonly [key: string]: string } | undefined,
  right: { readonly [key: string]: string } | undefined,
): boolean {
  const keys = Object.keys(left ?? {});
  if (keys.length !== Object.keys(right ?? {}).length) return false;
  return keys.every((key) => Object.hasOwn(right ?? {}, key) && left?.[key] === right?.[key]);
}
