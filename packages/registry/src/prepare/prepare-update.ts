import type { KubeObject } from "@quarterdeck/meta";
import { copyObject } from "../json/copy-object.js";
import { copyValue } from "../json/copy-value.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { desiredStateChanged, hasGeneration } from "./generation.js";
import { hookContext } from "./hook-context.js";
import { runHook } from "./run-hook.js";

/** Carries over what clients may neither change nor lose. */
function keepSystemMetadata(next: KubeObject, old: KubeObject): void {
  const { metadata } = next;
  const kept = old.metadata;
  delete metadata.selfLink;
  if (kept.resourceVersion !== undefined) metadata.resourceVersion = kept.resourceVersion;
  if (metadata.uid === undefined && kept.uid !== undefined) metadata.uid = kept.uid;
  if (kept.creationTimestamp !== undefined) metadata.creationTimestamp = kept.creationTimestamp;
  if (kept.deletionTimestamp !== undefined) metadata.deletionTimestamp = kept.deletionTimestamp;
  if (kept.deletionGracePeriodSeconds !== undefined) {
    metadata.deletionGracePeriodSeconds ??= kept.deletionGracePeriodSeconds;
  }
  if (kept.generation === undefined) delete metadata.generation;
  else metadata.generation = kept.generation;
}

function countGeneration(resource: RegistryResource, request: WriteRequest, next: KubeObject, old: KubeObject): void {
  if (!hasGeneration(resource, request)) return;
  if (desiredStateChanged(request, next, old)) next.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** Sets or removes the status of an object to what another has. */
function takeStatus(request: WriteRequest, target: KubeObject, source: KubeObject): void {
  const { statusField } = request.version;
  if (statusField === undefined) return;
  const status = source[statusField];
  if (status === undefined) delete target[statusField];
  else target[statusField] = copyValue(status);
}

/** Prepares an update of the main resource: the status stays as it was, the class's own preparation runs. */
export function prepareUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  next: KubeObject,
  old: KubeObject,
): KubeObject {
  keepSystemMetadata(next, old);
  takeStatus(request, next, old);
  const { prepareForUpdate } = request.version.hooks;
  if (prepareForUpdate !== undefined) {
    runHook(request, next, () => prepareForUpdate(next, old, hookContext(request, "UPDATE")));
  }
  countGeneration(resource, request, next, old);
  return next;
}

/** Prepares an update of `/status`: everything but the status, and for some kinds the metadata, stays as it was. */
export function prepareStatusUpdate(
  { descriptor }: RegistryResource,
  request: WriteRequest,
  next: KubeObject,
  old: KubeObject,
): KubeObject {
  const kept = copyObject(old);
  takeStatus(request, kept, next);
  if (descriptor.statusMetadata) {
    kept.metadata = next.metadata;
    keepSystemMetadata(kept, old);
  } else {
    takeManagedFields(kept, next);
  }
  preparePart(request, kept, old);
  return kept;
}

function takeManagedFields(target: KubeObject, { metadata: { managedFields } }: KubeObject): void {
  if (managedFields === undefined) delete target.metadata.managedFields;
  else target.metadata.managedFields = managedFields;
}

/** The class's word on what a write of a part may change. */
function preparePart(request: WriteRequest, next: KubeObject, old: KubeObject): void {
  const { prepareForPartUpdate } = request.version.hooks;
  if (prepareForPartUpdate !== undefined) {
    runHook(request, next, () => prepareForPartUpdate(next, old, hookContext(request, "UPDATE")));
  }
}

/** Prepares an update of a part that is not the status: what may not change is for the class to put back. */
export function preparePartUpdate(request: WriteRequest, next: KubeObject, old: KubeObject): KubeObject {
  keepSystemMetadata(next, old);
  preparePart(request, next, old);
  return next;
}

/** Prepares what a subresource made that is stored as it stands: only the metadata is the server's. */
export function prepareDirectUpdate(next: KubeObject, old: KubeObject): KubeObject {
  keepSystemMetadata(next, old);
  return next;
}

/** Prepares what a custom subresource made of the object: it may set desired and observed state alike. */
export function prepareSubresourceUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  next: KubeObject,
  old: KubeObject,
): KubeObject {
  keepSystemMetadata(next, old);
  countGeneration(resource, request, next, old);
  return next;
}
