import { type FieldErrors, isJsonObject, type JsonValue } from "@quarterdeck/meta";

type Values = { readonly [key: string]: string };

function requireKey(data: Values, key: string, errors: FieldErrors): void {
  if (!Object.hasOwn(data, key)) errors.required(`data[${key}]`);
}

function isJsonMap(text: string): boolean {
  try {
    const value: JsonValue = JSON.parse(text);
    // Null is a map without entries to Go.
    return value === null || isJsonObject(value);
  } catch {
    return false;
  }
}

function requireJson(data: Values, key: string, errors: FieldErrors): void {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) {
    errors.required(`data[${key}]`);
    return;
  }
  if (!isJsonMap(Buffer.from(value, "base64").toString()))
    errors.invalid(`data[${key}]`, "<secret contents redacted>", "the value is no JSON object");
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
  [
    "kubernetes.io/ssh-auth",
    (data: Values, errors: FieldErrors) => {
      if (Object.hasOwn(data, "ssh-privatekey") && data["ssh-privatekey"] === "")
        errors.required("data[ssh-privatekey]");
      else requireKey(data, "ssh-privatekey", errors);
    },
  ],
  [
    "kubernetes.io/tls",
    (data: Values, errors: FieldErrors) => {
      requireKey(data, "tls.crt", errors);
      requireKey(data, "tls.key", errors);
    },
  ],
]);
