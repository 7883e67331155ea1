import type { JsonObject } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, parseApiVersion, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { jsonTypeName } from "./decode-error.js";

const QUOTED = 2048;

function unrecognized(version: VersionDescriptor, detail: string, input: JsonObject): StatusError {
  const text = JSON.stringify(input);
  const summary = text.length > 30 ? `${text.slice(0, 30)} ...` : text;
  return StatusError.badRequest(
    `the object provided is unrecognized (must be of type ${version.kind}): ${detail} (${summary})`,
  );
}

function readText(version: VersionDescriptor, input: JsonObject, key: "kind" | "apiVersion"): string {
  const value = (Object.hasOwn(input, key) ? input[key] : undefined) ?? "";
  if (typeof value === "string") return value;
  const type = `cannot unmarshal ${jsonTypeName(value)} into Go struct field TypeMeta.${key} of type string`;
  throw unrecognized(version, `couldn't get version/kind; json parse error: json: ${type}`, input);
}

function missing(version: VersionDescriptor, what: string, input: JsonObject): StatusError {
  const text = JSON.stringify(input);
  const shown = text.length > QUOTED ? `${text.slice(0, QUOTED)} ...` : text;
  return unrecognized(version, `Object '${what}' is missing in '${shown}'`, input);
}

function nameOf(input: JsonObject): string {
  const metadata = Object.hasOwn(input, "metadata") ? input.metadata : undefined;
  return isJsonObject(metadata) && typeof metadata.name === "string" ? metadata.name : "";
}

/**
 * Checks that a body is of the kind and version of the request. Typed kinds may leave both out, custom ones must say
 * them. Throws 400 BadRequest, or 422 Invalid for another kind in the version of a custom one, with upstream's wording.
 */
export function checkType(descriptor: ResourceDescriptor, version: VersionDescriptor, input: JsonObject): void {
  const typed = descriptor.flavour === "typed";
  const kind = readText(version, input, "kind");
  const apiVersion = readText(version, input, "apiVersion");
  if (kind === version.kind && apiVersion === version.apiVersion) return;
  if (!typed && kind === "") throw missing(version, "Kind", input);
  if (!typed && apiVersion === "") throw missing(version, "apiVersion", input);
  const group = apiVersion === "" ? version : parseApiVersion(apiVersion);
  if (group === undefined) {
    throw unrecognized(version, `unexpected GroupVersion string: ${apiVersion}`, input);
  }
  const sameKind = kind === "" || kind === version.kind;
  const known = group.group === version.group && descriptor.versions.has(group.version);
  if (apiVersion !== "" && apiVersion !== version.apiVersion && (!typed || (known && sameKind))) {
    throw StatusError.badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${version.apiVersion})`,
    );
  }
  if (sameKind && group.group === version.group && group.version === version.version) return;
  if (!typed) {
    const errors = new FieldErrors();
    errors.invalid("kind", kind, `must be ${version.kind}`);
    throw StatusError.invalid({ group: version.group, kind: version.kind }, nameOf(input), errors.list);
  }
  const detail =
    apiVersion === "" || apiVersion === version.apiVersion
      ? `converting (${group.version}.${kind}) to (${version.version}.${version.kind}): unknown conversion`
      : `no kind ${JSON.stringify(kind || version.kind)} is registered for version ${JSON.stringify(apiVersion)}`;
  const handled = `${kind || version.kind} in version ${JSON.stringify(group.version)}`;
  throw StatusError.badRequest(`${handled} cannot be handled as a ${version.kind}: ${detail}`);
}
