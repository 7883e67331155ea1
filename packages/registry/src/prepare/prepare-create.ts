import { randomUUID } from "node:crypto";
import type { KubeObject } from "@quarterdeck/meta";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { clearStatus } from "./empty-status.js";
import { hasGeneration } from "./generation.js";
import { hookContext } from "./hook-context.js";
import { runHook } from "./run-hook.js";
import { timestamp } from "./timestamp.js";

/** Removes what only the server may say about a new object. */
export function wipeSystemMetadata(object: KubeObject): void {
  const { metadata } = object;
  delete metadata.uid;
  delete metadata.selfLink;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
}

/** Gives a new object its identity. */
export function identify({ now }: RegistryResource, { metadata }: KubeObject): void {
  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp(now());
}

/** Gives a new object its first generation and no status yet; then the class's own preparation runs. */
export function prepareCreate(resource: RegistryResource, request: WriteRequest, object: KubeObject): void {
  const { version } = request;
  if (hasGeneration(resource, request)) object.metadata.generation = 1;
  clearStatus(resource, request, object);
  const { prepareForCreate } = version.hooks;
  if (prepareForCreate !== undefined)
    runHook(request, object, () => prepareForCreate(object, hookContext(request, "CREATE")));
}
