import type { KubeObject } from "@quarterdeck/meta";
import { FieldErrors, StatusError } from "@quarterdeck/meta";
import type { WriteRequest } from "../registry-resource.js";

/**
 * Runs a hook that may change the object. Hooks are written for objects that fit the schema but run before it is
 * checked; one that stumbles over a misfit is answered with what is wrong with the object, 422 Invalid, not with its
 * own error.
 */
export function runHook(request: WriteRequest, object: KubeObject, hook: () => void): void {
  try {
    hook();
  } catch (error) {
    throw stumbled(request, object, error);
  }
}

/** What a hook that ran before validation and threw is answered with. */
export function stumbled(request: WriteRequest, object: KubeObject, error: unknown): unknown {
  if (StatusError.is(error)) return error;
  const errors = new FieldErrors();
  request.version.normaliser.validate(object, errors);
  if (errors.empty) return error;
  const { group, kind } = request.version;
  return StatusError.invalid({ group, kind }, object.metadata.name ?? "", errors.list);
}
