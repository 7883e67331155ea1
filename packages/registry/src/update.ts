import type { KubeObject } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { createInstead, type RequireCreate } from "./create-instead.js";
import { decodeObject } from "./decode/decode-object.js";
import { copyObject } from "./json/copy-object.js";
import { trackUpdate } from "./managed-fields/track-update.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { matchName, matchNamespace } from "./prepare/match-request.js";
import { dedupOwnerReferences } from "./prepare/owner-references.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
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
  requireCreate?: RequireCreate,
): Promise<Written> {
  const wanted = decodeObject(resource, request, body);
  matchNamespace(resource, request, wanted);
  matchName(request, wanted);
  dedupOwnerReferences(request, wanted, false);
  applyDefaults(request, wanted);
  const tracked = (old: KubeObject | undefined): KubeObject =>
    trackUpdate(resource, request, subresource, old, copyObject(wanted));
  const plan = updatePlan(resource, request, subresource, tracked);
  return updateStored(resource, request, {
    ...plan,
    uid: wanted.metadata.uid,
    ...(resource.descriptor.createOnUpdate && subresource === ""
      ? { create: () => createInstead(resource, request, tracked(undefined), requireCreate) }
      : {}),
  });
}
