import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { compileMergeSchema, FieldSet, Merger, type MergeSchema } from "@quarterdeck/structured-merge";
import { assembleObject } from "../decode/read-object.js";

const SCHEMAS = new WeakMap<VersionDescriptor, MergeSchema>();

/** How the objects of a version merge; compiled on first use. */
export function mergeSchemaOf(version: VersionDescriptor): MergeSchema {
  let schema = SCHEMAS.get(version);
  if (schema === undefined) {
    schema = compileMergeSchema(version.schema);
    SCHEMAS.set(version, schema);
  }
  return schema;
}

/**
 * What nobody comes to own through a write, since it is put back: what the kind says, else the status of one that writes the
 * object, all but the status of one that writes that.
 */
function ignoredFields(
  { statusMetadata, resetFields }: ResourceDescriptor,
  version: VersionDescriptor,
  subresource: string,
): FieldSet | undefined {
  const reset = resetFields?.[subresource];
  if (reset !== undefined) return FieldSet.of(...reset.map((path) => path.split(".").map((field) => ({ field }))));
  const { statusField, specField, schema } = version;
  if (statusField === undefined) return undefined;
  if (subresource === "") return FieldSet.of([{ field: statusField }]);
  if (subresource !== "status") return undefined;
  const names = new Set(["metadata", ...(specField === undefined ? [] : [specField])]);
  for (const name of Object.keys(schema.properties ?? {})) names.add(name);
  for (const name of ["kind", "apiVersion", statusField]) names.delete(name);
  if (statusMetadata) names.delete("metadata");
  return FieldSet.of(...[...names].map((field) => [{ field }]));
}

/**
 * Merges objects of a kind, whatever versions their managers speak, by the rules for writes of one part. What it does throws
 * a ConversionError when the conversion of a class does.
 */
export function mergerOf(descriptor: ResourceDescriptor, subresource: string): Merger {
  const all = [...descriptor.versions.values(), descriptor.storageVersion];
  const byApiVersion = new Map(all.map((version) => [version.apiVersion, version]));
  const ignored = new Map(
    [...byApiVersion].map(([apiVersion, version]) => [apiVersion, ignoredFields(descriptor, version, subresource)]),
  );
  const known = (apiVersion: string): VersionDescriptor => {
    const version = byApiVersion.get(apiVersion);
    if (version === undefined) throw new TypeError(`${descriptor.kind} has no version ${apiVersion}`);
    return version;
  };
  return new Merger({
    schemaOf(apiVersion) {
      const version = byApiVersion.get(apiVersion);
      return version === undefined ? undefined : mergeSchemaOf(version);
    },
    convert: (object, from, to) => converted(object, known(from), known(to)),
    ignoredIn: (apiVersion) => ignored.get(apiVersion),
  });
}

/**
 * An object as conversions take it. Of what nobody owns any more an apply makes objects that may lack anything, but whoever
 * wrote a conversion could rely on a spec.
 */
function asObject(version: VersionDescriptor, json: JsonObject): KubeObject {
  const { specField } = version;
  const object = assembleObject(version, Object(json.metadata), json);
  if (specField !== undefined) object[specField] ??= {};
  return object;
}

function converted(object: JsonObject, from: VersionDescriptor, to: VersionDescriptor): JsonObject {
  return { ...to.fromStorage(from.toStorage(asObject(from, object))) };
}
