import type { KubeObject } from "@quarterdeck/meta";
import type { WriteRequest } from "../registry-resource.js";
import { hookContext } from "./hook-context.js";

/** Asks the class whether this user may write this object; `old` is the one that it replaces. Rejects with a refusal. */
export async function authorizeWrite(
  request: WriteRequest,
  object: KubeObject,
  old: KubeObject | undefined,
): Promise<KubeObject> {
  const { authorize } = request.version.hooks;
  if (authorize === undefined) return object;
  const pending = authorize(object, old, hookContext(request, old === undefined ? "CREATE" : "UPDATE"));
  if (pending !== undefined) await pending;
  return object;
}
