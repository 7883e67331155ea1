import type { KubeObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { sameValue } from "../json/same-value.js";
import type { WriteRequest } from "../registry-resource.js";
import { ManagedFieldsError, readOwnership } from "./ownership.js";

/**
 * Puts the `managedFields` that an object had before mutating admission back when the plugins left them alone, or left
 * what is none, which the client is warned of in upstream's words.
 */
export function restoreManagedFields(
  request: WriteRequest,
  object: KubeObject,
  before: ManagedFieldsEntry[] | undefined,
): void {
  const { managedFields: after } = object.metadata;
  if (!sameValue(after, before)) {
    try {
      readOwnership(after ?? []);
      return;
    } catch (error) {
      if (!(error instanceof ManagedFieldsError)) throw error;
      request.warn(
        ".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating " +
          `admission controller; please fix your requests: ${error.message}`,
      );
    }
  }
  if (before === undefined) delete object.metadata.managedFields;
  else object.metadata.managedFields = before;
}
