import type { KubeObject } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { decodeObject } from "./decode/decode-object.js";
import { copyValue } from "./json/copy-value.js";
import { admitMutation } from "./prepare/admit.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { matchName, matchNamespace } from "./prepare/match-request.js";
import { dedupOwnerReferences } from "./prepare/owner-references.js";
import { wipeSystemMetadata } from "./prepare/prepare-create.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import { storeNew } from "./store-new.js";
import type { UpdateTarget } from "./update-plan.js";
import { updatePlan } from "./update-plan.js";
import { updateStored } from "./update-stored.js";

/**
 * PUT of an object or of its `/status`. 404 NotFound when there is none, unless its kind is created on update; 409
 * Conflict for a stale resourceVersion or another uid; 400 for another name than the URL's. `requireCreate` is asked before
 * an object is made and rejects for whoever may not create it: the right to update is not enough, as upstream has it.
 */
export function updateObject(
  resource: RegistryResource,
  request: WriteRequest,
  body: DecodedBody,
  subresource: UpdateTarget,
  requireCreate?: () => Promise<void>,
): Promise<Written> {
  const wanted = decodeObject(resource, request, body);
  matchNamespace(resource, request, wanted);
  matchName(request, wanted);
  dedupOwnerReferences(request, wanted, false);
  applyDefaults(request, wanted);
  const plan = updatePlan(resource, request, subresource, () => copyValue(wanted));
  return updateStored(resource, request, {
    ...plan,
    uid: wanted.metadata.uid,
    ...(resource.descriptor.createOnUpdate && subresource === ""
      ? { create: () => createOnUpdate(resource, request, copyValue(wanted), requireCreate) }
      : {}),
  });
}

async function createOnUpdate(
  resource: RegistryResource,
  request: WriteRequest,
  object: KubeObject,
  requireCreate: (() => Promise<void>) | undefined,
) {
  await requireCreate?.();
  const { name } = request;
  const review = { operation: "CREATE", subresource: "", name, object, oldObject: undefined } as const;
  const admitted = await admitMutation(resource, request, review);
  wipeSystemMetadata(admitted);
  await authorizeWrite(request, admitted, undefined);
  return storeNew(resource, request, admitted);
}
