import type { JsonObject } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, jsonTypeName, parseApiVersion, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";

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

function wrongVersion(version: VersionDescriptor, apiVersion: string): StatusError {
  return StatusError.badRequest(
    `the API version in the data (${apiVersion}) does not match the expected API version (${version.apiVersion})`,
  );
}

/** What a body says of itself; empty where it says nothing. */
interface Said {
  readonly kind: string;
  readonly apiVersion: string;
}

function checkCustom(version: VersionDescriptor, { kind, apiVersion }: Said, input: JsonObject): void {
  if (kind === "") throw missing(version, "Kind", input);
  if (apiVersion === "") throw missing(version, "apiVersion", input);
  if (apiVersion !== version.apiVersion) throw wrongVersion(version, apiVersion);
  const errors = new FieldErrors();
  errors.invalid("kind", kind, `must be ${version.kind}`);
  throw StatusError.invalid({ group: version.group, kind: version.kind }, nameOf(input), errors.list);
}

function checkTyped(descriptor: ResourceDescriptor, version: VersionDescriptor, said: Said): void {
  const kind = said.kind === "" ? version.kind : said.kind;
  const apiVersion = said.apiVersion === "" ? version.apiVersion : said.apiVersion;
  if (kind === version.kind && apiVersion === version.apiVersion) return;
  const { group, version: name } = parseApiVersion(apiVersion) ?? version;
  const served = group === version.group && descriptor.versions.has(name);
  if (served && kind === version.kind) throw wrongVersion(version, apiVersion);
  const detail =
    apiVersion === version.apiVersion
      ? `converting (${name}.${kind}) to (${version.version}.${version.kind}): unknown conversion`
      : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`;
  const handled = `${kind} in version ${JSON.stringify(name)}`;
  throw StatusError.badRequest(`${handled} cannot be handled as a ${version.kind}: ${detail}`);
}

/**
 * Checks that a body is of the kind and version of the request. Typed kinds may leave both out, custom ones must say
 * them. Throws 400 BadRequest, or 422 Invalid for another kind in the version of a custom one, with upstream's wording.
 */
export function checkType(descriptor: ResourceDescriptor, version: VersionDescriptor, input: JsonObject): void {
  const said: Said = { kind: readText(version, input, "kind"), apiVersion: readText(version, input, "apiVersion") };
  if (said.kind === version.kind && said.apiVersion === version.apiVersion) return;
  if (said.apiVersion !== "" && parseApiVersion(said.apiVersion) === undefined) {
    throw unrecognized(version, `unexpected GroupVersion string: ${said.apiVersion}`, input);
  }
  if (descriptor.flavour === "typed") checkTyped(descriptor, version, said);
  else checkCustom(version, said, input);
}
