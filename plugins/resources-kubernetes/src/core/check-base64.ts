import { illegalByte, StatusError } from "@quarterdeck/meta";

/**
 * Throws upstream's 400 when a value is no base64. It is said before the schema has a say, since what the schema says
 * would repeat the value, and the values of secrets must not come back in errors.
 */
export function checkBase64(kind: string, values: { readonly [key: string]: string } | undefined): void {
  for (const value of Object.values(values ?? {})) {
    const at = illegalByte(value);
    if (at === undefined) continue;
    const what = `${kind} in version "v1" cannot be handled as a ${kind}`;
    throw StatusError.badRequest(`${what}: illegal base64 data at input byte ${at}`);
  }
}
