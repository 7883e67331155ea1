import type { FieldErrors } from "@quarterdeck/meta";

type Values = { readonly [key: string]: string };

function requireKey(data: Values, key: string, errors: FieldErrors): void {
  if (!Object.hasOwn(data, key)) errors.required(`data[${key}]`);
}

function requireJson(data: Values, key: string, errors: FieldErrors): void {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) {
    errors.required(`data[${key}]`);
    return;
  }
  try {
    JSON.parse(Buffer.from(value, "base64").toString());
  } catch {
    errors.invalid(`data[${key}]`, "<secret contents redacted>", "the value is not JSON");
  }
}

/** What each well-known type of Secret must hold; upstream's `ValidateSecret`. Values never appear in an error. */
export const SECRET_TYPES: ReadonlyMap<string, (data: Values, errors: FieldErrors) => void> = new Map([
  ["kubernetes.io/dockercfg", (data: Values, errors: FieldErrors) => requireJson(data, ".dockercfg", errors)],
  [
    "kubernetes.io/dockerconfigjson",
    (data: Values, errors: FieldErrors) => requireJson(data, ".dockerconfigjson", errors),
  ],
  [
    "kubernetes.io/basic-auth",
    (data: Values, errors: FieldErrors) => {
      if (Object.hasOwn(data, "username") || Object.hasOwn(data, "password")) return;
      errors.required("data[username]");
      errors.required("data[password]");
    },
  ],
  ["kubernetes.io/ssh-auth", (data: Values, errors: FieldErrors) => requireKey(data, "ssh-privatekey", errors)],
  [
    "kubernetes.io/tls",
    (data: Values, errors: FieldErrors) => {
      requireKey(data, "tls.crt", errors);
      requireKey(data, "tls.key", errors);
    },
  ],
]);
