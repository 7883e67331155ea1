import type { FieldErrors } from "@quarterdeck/meta";

const KEY = /^[-._a-zA-Z0-9]+$/;
const FORMAT =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** How many bytes a ConfigMap or a Secret may hold in all: upstream's MaxSecretSize. */
export const MAX_DATA_BYTES = 1_048_576;

/** What is wrong with a key of a ConfigMap or Secret; upstream's `IsConfigMapKey`. */
export function dataKeyErrors(key: string): readonly string[] {
  const problems: string[] = [];
  if (key.length > 253) problems.push("must be no more than 253 characters");
  if (!KEY.test(key)) problems.push(FORMAT);
  if (key === "." || key === "..") problems.push(`must not be '${key}'`);
  else if (key.startsWith("..")) problems.push("must not start with '..'");
  return problems;
}

/** Whether a key of a ConfigMap or Secret may be one. */
export function checkDataKey(key: string, field: string, errors: FieldErrors): void {
  errors.invalidEach(`${field}[${key}]`, key, dataKeyErrors(key));
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
