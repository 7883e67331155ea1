import type { KubeObject } from "@quarterdeck/meta";
import { ConversionError } from "@quarterdeck/scheme";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { fieldManagerOf } from "./field-managers.js";
import { managedWrite } from "./managed-write.js";

/**
 * Records in `next` who owns what once it replaces `live`, or is created when there is none. `subresource` is the part
 * that is written, empty for the object itself.
 */
export function trackUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  subresource: string,
  live: KubeObject | undefined,
  next: KubeObject,
): KubeObject {
  const write = managedWrite(resource, request);
  try {
    fieldManagerOf(resource.descriptor, request.version, subresource).update(live, next, write);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    // The class may yet put right what its conversion stumbles over: the write goes on, unrecorded.
    const { managedFields } = live?.metadata ?? {};
    if (managedFields === undefined) delete next.metadata.managedFields;
    else next.metadata.managedFields = managedFields;
  }
  return next;
}
