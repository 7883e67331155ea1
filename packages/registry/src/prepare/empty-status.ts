import { FieldErrors, type JsonValue, type KubeObject } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import { copyValue } from "../json/copy-value.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";

/** What the schema makes of an object that says nothing; asked once, at the first create. */
const EMPTY = new WeakMap<VersionDescriptor, { readonly status: JsonValue | undefined }>();

function emptyStatus(version: VersionDescriptor, field: string): JsonValue | undefined {
  const known = EMPTY.get(version);
  if (known !== undefined) return known.status;
  const status = version.normaliser.normalise({}, { unknown: [], errors: new FieldErrors() })[field];
  EMPTY.set(version, { status });
  return status;
}

/**
 * Takes away the status that a client sent with a new object, unless its kind keeps it. A typed kind whose status is always there, as that of most Go
 * types is, has an empty one instead.
 */
export function clearStatus({ descriptor }: RegistryResource, { version }: WriteRequest, object: KubeObject): void {
  const { statusField } = version;
  if (statusField === undefined || descriptor.statusOnCreate) return;
  const status = descriptor.flavour === "typed" ? emptyStatus(version, statusField) : undefined;
  if (status === undefined) delete object[statusField];
  else object[statusField] = copyValue(status);
}
