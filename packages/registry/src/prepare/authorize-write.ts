import type { KubeObject } from "@quarterdeck/meta";
import type { WriteRequest } from "../registry-resource.js";

/** Asks the class whether this user may write this object; `old` is the one that it replaces. Rejects with a refusal. */
export async function authorizeWrite(
  request: WriteRequest,
  object: KubeObject,
  old: KubeObject | undefined,
): Promise<KubeObject> {
  const pending = request.version.hooks.authorize?.(object, old, request);
  if (pending !== undefined) await pending;
  return object;
}
