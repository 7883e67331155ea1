import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { checkType } from "../decode/check-type.js";
import { DecodeError } from "../decode/decode-error.js";
import { readObject, readUnstructured } from "../decode/read-object.js";
import { strictComplaints } from "../decode/strict-complaints.js";
import { nestsTooDeep } from "../json/nesting.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { PatchError, rejectedPatch } from "./patch-error.js";
import type { Patch } from "./patch-types.js";

const QUOTED = 4096;

/** 422 for a patch whose result is no object of its kind; upstream quotes the result, or the patch, and names no kind. */
function invalidResult(patch: Patch, document: JsonObject, detail: string): StatusError {
  const errors = new FieldErrors();
  const text = patch.shown ?? JSON.stringify(document);
  errors.invalid("patch", text.length > QUOTED ? `${text.slice(0, QUOTED)} ...` : text, detail);
  return StatusError.invalid({ group: "", kind: "" }, "", errors.list);
}

/**
 * Applies a patch to the JSON form of an object, which stays as it is. 422 Invalid for a failed test, a missing path
 * or a result that is no object.
 */
export function patchDocument(patch: Patch, object: KubeObject): JsonObject {
  try {
    const patched = patch.apply(object);
    if (!isJsonObject(patched)) throw new PatchError("the result of the patch is not an object");
    if (nestsTooDeep(patched)) throw new PatchError("the result of the patch is nested too deeply");
    return patched;
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw rejectedPatch(error);
  }
}

function readPatched(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  patched: JsonObject,
  unknown: string[],
): KubeObject {
  checkType(descriptor, version, patched);
  return readObject(descriptor, version, patched, unknown);
}

/** Applies a patch and reads the result as an object of the request's version; 422 Invalid when it is none. */
export function patchedObject(
  resource: RegistryResource,
  request: WriteRequest,
  patch: Patch,
  old: KubeObject,
): KubeObject {
  const patched = patchDocument(patch, old);
  try {
    const unknown: string[] = [];
    const object = patch.unstructured
      ? readUnstructured(resource.descriptor, request.version, patched, unknown)
      : readPatched(resource.descriptor, request.version, patched, unknown);
    const complaints = strictComplaints(request, unknown, { duplicates: [] }, patch.complaints);
    if (complaints !== undefined) throw new DecodeError(complaints);
    return object;
  } catch (error) {
    const misfit = error instanceof DecodeError || (StatusError.is(error) && error.code === 400);
    if (misfit) throw invalidResult(patch, patched, error.message);
    throw error;
  }
}
