import type { JsonObject } from "@quarterdeck/meta";
import { jsonTypeName, parseApiVersion, StatusError } from "@quarterdeck/meta";

/** What a body says of itself; empty where it says nothing. */
export interface Said {
  readonly kind: string;
  readonly apiVersion: string;
}

/** 400 BadRequest for a body that does not say what it is, with its beginning. */
export function unrecognized(version: { readonly kind: string }, detail: string, input: JsonObject): StatusError {
  const text = JSON.stringify(input);
  const summary = text.length > 30 ? `${text.slice(0, 30)} ...` : text;
  return StatusError.badRequest(
    `the object provided is unrecognized (must be of type ${version.kind}): ${detail} (${summary})`,
  );
}

function readText(version: { readonly kind: string }, input: JsonObject, key: "kind" | "apiVersion"): string {
  const value = (Object.hasOwn(input, key) ? input[key] : undefined) ?? "";
  if (typeof value === "string") return value;
  const type = `cannot unmarshal ${jsonTypeName(value)} into Go struct field TypeMeta.${key} of type string`;
  throw unrecognized(version, `couldn't get version/kind; json parse error: json: ${type}`, input);
}

/** What a body says of itself. Throws 400 BadRequest for what is no text, or no group and version. */
export function readSaid(expected: { readonly kind: string }, input: JsonObject): Said {
  const said = { kind: readText(expected, input, "kind"), apiVersion: readText(expected, input, "apiVersion") };
  if (said.apiVersion !== "" && parseApiVersion(said.apiVersion) === undefined) {
    throw unrecognized(expected, `unexpected GroupVersion string: ${said.apiVersion}`, input);
  }
  return said;
}
