import type { JsonObject } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, parseApiVersion, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { checkKind } from "./check-kind.js";
import { readSaid, type Said, unrecognized } from "./said-type.js";

const QUOTED = 2048;

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
  checkKind({ group: version.group, version: version.version, kind: version.kind }, { kind, apiVersion });
}

/**
 * Checks that a body is of the kind and version of the request. Typed kinds may leave both out, custom ones must say
 * them. Throws 400 BadRequest, or 422 Invalid for another kind in the version of a custom one, with upstream's wording.
 */
export function checkType(descriptor: ResourceDescriptor, version: VersionDescriptor, input: JsonObject): void {
  if (input.kind === version.kind && input.apiVersion === version.apiVersion) return;
  const said = readSaid(version, input);
  if (descriptor.flavour === "typed") checkTyped(descriptor, version, said);
  else checkCustom(version, said, input);
}
