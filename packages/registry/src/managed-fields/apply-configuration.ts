import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { ConversionError } from "@quarterdeck/scheme";
import { DecodeError } from "../decode/decode-error.js";
import { readUnstructured } from "../decode/read-object.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { appliedObject, printedKind } from "./applied-object.js";
import { fieldManagerOf } from "./field-managers.js";
import { KUBECTL, updateLastApplied } from "./last-applied.js";
import { managedWrite } from "./managed-write.js";

/** What an apply asks for. */
export interface ApplyRequest {
  /** The fields that the manager wants, with kind, apiVersion and name; nothing else is its concern. */
  readonly config: JsonObject;
  /** Take what others own. */
  readonly force: boolean;
}

/**
 * Merges a configuration into `live`, or makes an object of it when there is none: a fresh object of the request's
 * version, defaulted, with its owners recorded. 409 Conflict, 400 and 500 as {@link FieldManager.apply} has it.
 */
export function applyConfiguration(
  resource: RegistryResource,
  request: WriteRequest,
  subresource: string,
  live: KubeObject | undefined,
  { config, force }: ApplyRequest,
): KubeObject {
  const { descriptor } = resource;
  const write = managedWrite(resource, request);
  const manager = fieldManagerOf(descriptor, request.version, subresource);
  const applied = told(() => manager.apply(live, config, write, force));
  const object = readApplied(resource, request, applied.object, config);
  if (applied.managedFields !== undefined) object.metadata.managedFields = applied.managedFields;
  if (request.fieldManager === KUBECTL) updateLastApplied(object, config);
  return object;
}

/** 500 InternalError, which names both versions, for a conversion that cannot make do with a part of an object. */
function told<T>(merge: () => T): T {
  try {
    return merge();
  } catch (error) {
    throw error instanceof ConversionError ? StatusError.internal(error) : error;
  }
}

/** 500 for a value that the structure allows and the type does not, such as a string that is no time. */
function readApplied(
  { descriptor }: RegistryResource,
  { version }: WriteRequest,
  merged: JsonObject,
  config: JsonObject,
): KubeObject {
  try {
    return readUnstructured(descriptor, version, merged, []);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const failed = `failed to convert new object (${appliedObject(version, config)}) to proper version`;
    const why = `unable to convert unstructured object to ${printedKind(version.apiVersion, version.kind)}`;
    throw StatusError.of(500, undefined, `${failed}: ${why}: ${error.message}`);
  }
}
