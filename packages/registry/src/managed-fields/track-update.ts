import type { KubeObject } from "@quarterdeck/meta";
import { timestamp } from "../prepare/timestamp.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { fieldManagerOf } from "./field-managers.js";

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
  const write = { manager: request.fieldManager, time: timestamp(resource.now()) };
  fieldManagerOf(resource.descriptor, request.version, subresource).update(live, next, write);
  return next;
}
