import type { KubeObject } from "@quarterdeck/meta";
import type { WriteRequest } from "../registry-resource.js";
import { runHook } from "./run-hook.js";

/** Runs the class's own defaulting; the schema's defaults are there already. */
export function applyDefaults(request: WriteRequest, object: KubeObject): void {
  const hook = request.version.hooks.default;
  if (hook !== undefined) runHook(request, object, () => hook(object));
}
