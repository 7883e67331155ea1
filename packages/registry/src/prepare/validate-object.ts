import type { FieldError, GroupKind, KubeObject } from "@quarterdeck/meta";
import { FieldErrors, formatFieldError, StatusError } from "@quarterdeck/meta";
import { nestedField, splitPath } from "../json/nested-field.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { hookContext } from "./hook-context.js";
import { finalizerWarnings, validateMetadata, validateMetadataUpdate } from "./validate-metadata.js";

const MAX_INT32 = 2_147_483_647;

/** Custom kinds with a scale must be scalable; native ones say so in their own validation. */
function validateReplicas(errors: FieldErrors, object: KubeObject, path: string): void {
  const replicas = nestedField(object, splitPath(path));
  if (typeof replicas !== "number") return;
  if (replicas < 0) errors.invalid(path, replicas, "should be a non-negative integer");
  else if (replicas > MAX_INT32) errors.invalid(path, replicas, `should be less than or equal to ${MAX_INT32}`);
}

function validateScale(
  errors: FieldErrors,
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
): void {
  const { scale } = request.version;
  if (scale === undefined || resource.descriptor.flavour !== "custom") return;
  validateReplicas(errors, object, scale.spec);
  validateReplicas(errors, object, scale.status);
}

function reject(kind: GroupKind, object: KubeObject, errors: readonly FieldError[]): void {
  if (errors.length > 0)
    throw StatusError.invalid({ group: kind.group, kind: kind.kind }, object.metadata.name ?? "", errors);
}

/** The kind in the group whose objects are stored: upstream's strategies know the objects by that alone. */
function storedKind({ descriptor }: RegistryResource, { version }: WriteRequest): GroupKind {
  return { group: descriptor.storedIn.group, kind: version.kind };
}

/** Each problem once for typed kinds: what upstream finds of those passes a filter that drops what was said before. */
function told({ descriptor }: RegistryResource, errors: readonly FieldError[]): readonly FieldError[] {
  if (descriptor.flavour === "custom") return errors;
  const said = new Set<string>();
  return errors.filter((error) => said.size < said.add(formatFieldError(error)).size);
}

function warnOfFinalizers(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  old?: KubeObject,
): void {
  if (resource.descriptor.flavour !== "custom") return;
  for (const text of finalizerWarnings(object.metadata, old?.metadata)) request.warn(text);
}

/**
 * Adds what schema, scale and the class's own rules have against an object; `old` is the one that it replaces. The rules see what
 * is wrong with the metadata: nobody is warned of an object that is refused.
 */
function addFaults(
  errors: FieldErrors,
  resource: RegistryResource,
  request: WriteRequest,
  [object, old]: readonly [KubeObject, KubeObject | undefined],
): void {
  const { normaliser, hooks } = request.version;
  const found = errors.list.length;
  normaliser.validate(object, errors);
  validateScale(errors, resource, request, object);
  // The class's rules may rely on the schema, so they are asked only about objects that fit it.
  if (errors.list.length > found) return;
  hooks.validate?.(object, errors, hookContext(request, old === undefined ? "CREATE" : "UPDATE"));
  if (old !== undefined) hooks.validateUpdate?.(object, old, errors, hookContext(request, "UPDATE"));
}

/** 422 Invalid with all that is wrong with a new object: metadata, schema, then the class's own rules. */
export function validateCreate(resource: RegistryResource, request: WriteRequest, object: KubeObject): void {
  const errors = new FieldErrors();
  validateMetadata(errors, resource.descriptor, object.metadata);
  addFaults(errors, resource, request, [object, undefined]);
  reject(storedKind(resource, request), object, told(resource, errors.list));
  warnOfFinalizers(resource, request, object);
}

/** 422 Invalid with all that is wrong with what a resource that is not stored is asked. */
export function validateAnswered(request: WriteRequest, object: KubeObject): void {
  const { normaliser, hooks } = request.version;
  const fields = new FieldErrors();
  normaliser.validate(object, fields);
  if (fields.empty) hooks.validate?.(object, fields, hookContext(request, "CREATE"));
  reject(request.version, object, fields.list);
}

/** 422 Invalid with all that is wrong with an update: metadata, schema, then the class's own rules. */
export function validateUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  old: KubeObject,
): void {
  const errors = new FieldErrors();
  validateMetadataUpdate(errors, resource.descriptor, object.metadata, old.metadata);
  addFaults(errors, resource, request, [object, old]);
  reject(storedKind(resource, request), object, told(resource, errors.list));
  warnOfFinalizers(resource, request, object, old);
}

/**
 * 422 Invalid with all that is wrong with a new status, and with the metadata where writing that may change it. Faults of the rest of the object are none of the writer's:
 * they may be older than the rule.
 */
export function validateStatusUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  old: KubeObject,
): void {
  const { statusField = "status" } = request.version;
  const { statusMetadata } = resource.descriptor;
  const written = statusMetadata ? [statusField, "metadata"] : [statusField];
  const errors = new FieldErrors();
  if (statusMetadata) validateMetadataUpdate(errors, resource.descriptor, object.metadata, old.metadata);
  addFaults(errors, resource, request, [object, old]);
  const own = errors.list.filter(({ field }) => {
    const path = field.startsWith(".") ? field.slice(1) : field;
    return written.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
  });
  reject(storedKind(resource, request), object, told(resource, own));
}
