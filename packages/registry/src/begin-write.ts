import type { KubeObject } from "@quarterdeck/meta";
import type { StoredObject, WriteResult } from "@quarterdeck/storage";
import { hookContext } from "./prepare/hook-context.js";
import { stumbled } from "./prepare/run-hook.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";

/** How a write ended; `gone` when it removed the object, as the update that takes the last finalizer away does. */
export type Committed = WriteResult & { readonly gone?: true };

/**
 * Runs a write of the object itself behind its class's `begin`, which is told how it ended: at once, or when the
 * transaction that it belongs to has ended. `old` is what it replaces, undefined on a create.
 */
export async function beginWrite(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  old: KubeObject | undefined,
  write: () => Promise<Committed>,
): Promise<Committed> {
  const { begin } = request.version.hooks;
  if (begin === undefined) return write();
  const context = hookContext(request, old === undefined ? "CREATE" : "UPDATE");
  const begun = await begin(object, old, context).catch((error: unknown) => {
    throw stumbled(request, object, error);
  });
  if (begun === undefined) return write();
  let stored = false;
  try {
    const result = await write();
    stored = "written" in result && result.gone !== true && !request.dryRun;
    return result;
  } finally {
    if (stored && resource.outcome !== undefined) resource.outcome.add((committed) => begun.end(committed));
    else await begun.end(stored);
  }
}

/** Lets the class of an object that was removed give back what that held, now or with the transaction. */
export async function afterDelete(
  resource: RegistryResource,
  request: WriteRequest,
  last: StoredObject,
): Promise<void> {
  const hook = request.version.hooks.afterDelete;
  if (hook === undefined) return;
  const tell = () => hook(request.version.fromStorage(last.object), hookContext(request, "DELETE"));
  if (resource.outcome === undefined) return tell();
  resource.outcome.add((committed) => (committed ? tell() : undefined));
}
