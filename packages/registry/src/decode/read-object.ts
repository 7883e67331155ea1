import type { JsonObject, JsonValue, KubeObject, ObjectMeta } from "@quarterdeck/meta";
import { FieldErrors, formatFieldError, StatusError, setOwn } from "@quarterdeck/meta";
import type { ResourceDescriptor, StructuralSchema, VersionDescriptor } from "@quarterdeck/scheme";
import { DecodeError } from "./decode-error.js";
import { decodeMetadata } from "./decode-metadata.js";
import { fromUnstructured } from "./from-unstructured.js";

/** The members that every object has; the schema of a kind describes the others. */
function isTypeOrMetadata(key: string): boolean {
  return key === "metadata" || key === "apiVersion" || key === "kind";
}

const TYPE_META: StructuralSchema = {
  type: "object",
  properties: { kind: { type: "string" }, apiVersion: { type: "string" } },
};

/** An object of this version in the order in which objects are stored and sent. */
export function assembleObject(version: VersionDescriptor, metadata: ObjectMeta, fields: JsonObject): KubeObject {
  const object: KubeObject = { kind: version.kind, apiVersion: version.apiVersion, metadata };
  for (const key of Object.keys(fields)) {
    if (!isTypeOrMetadata(key) && fields[key] !== undefined) setOwn(object, key, fields[key]);
  }
  return object;
}

function fieldsOf(input: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const key of Object.keys(input)) {
    const value: JsonValue | undefined = input[key];
    if (!isTypeOrMetadata(key) && value !== undefined) setOwn(fields, key, value);
  }
  return fields;
}

/**
 * Rebuilds client data as an object of this version: metadata typed, fields in schema order with defaults, unknown
 * fields left out and their paths added to `unknown`. `kind` and `apiVersion` are the version's, whatever the input says.
 * A value of the wrong type is a {@link DecodeError} for typed kinds and 422 Invalid for custom ones.
 */
export function readObject(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  input: JsonObject,
  unknown: string[],
): KubeObject {
  const report = { unknown, errors: new FieldErrors() };
  const metadata = decodeMetadata(Object.hasOwn(input, "metadata") ? input.metadata : undefined, version.kind, unknown);
  const fields = version.normaliser.normalise(fieldsOf(input), report);
  const [first] = report.errors.list;
  if (first !== undefined) {
    if (descriptor.flavour === "typed") throw new DecodeError(formatFieldError(first));
    const kind = { group: version.group, kind: version.kind };
    throw StatusError.invalid(kind, metadata.name ?? "", report.errors.list);
  }
  return assembleObject(version, metadata, fields);
}

/**
 * Rebuilds data that upstream brings to its type without a decoder, as {@link readObject} does: what that refuses may fit all the
 * same, and is told in the words of {@link fromUnstructured} when it does not.
 */
export function readUnstructured(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  input: JsonObject,
  unknown: string[],
): KubeObject {
  const { kind = null, apiVersion = null } = input;
  fromUnstructured(TYPE_META, { kind, apiVersion });
  const found: string[] = [];
  const read = (document: JsonObject): KubeObject => readObject(descriptor, version, document, found);
  let object: KubeObject;
  try {
    object = read(input);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    found.length = 0;
    object = read(fromUnstructured(version.schema, input));
  }
  unknown.push(...found);
  return object;
}
