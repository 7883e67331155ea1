import type { KubeObject } from "@quarterdeck/meta";
import type { WriteResult } from "@quarterdeck/storage";
import { admitMutation } from "./prepare/admit.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { wipeSystemMetadata } from "./prepare/prepare-create.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";
import { storeNew } from "./store-new.js";

/** Rejects for whoever may not create what an update or an apply found missing: the right to update is not enough. */
export type RequireCreate = () => Promise<void>;

/** What an update or an apply does when there is nothing to change: a create, with all that belongs to one. */
export async function createInstead(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  requireCreate: RequireCreate | undefined,
): Promise<WriteResult> {
  await requireCreate?.();
  const { name } = request;
  const review = { operation: "CREATE", subresource: "", name, object, oldObject: undefined } as const;
  const admitted = await admitMutation(resource, request, review);
  wipeSystemMetadata(admitted);
  await authorizeWrite(request, admitted, undefined);
  return storeNew(resource, request, admitted);
}
