import type { KubeObject } from "@quarterdeck/meta";
import { trackUpdate } from "./managed-fields/track-update.js";
import { patchedObject } from "./patch/apply-patch.js";
import type { PatchBody } from "./patch/patch-types.js";
import { readPatch } from "./patch/patch-types.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { matchName, matchNamespace } from "./prepare/match-request.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import type { UpdateTarget } from "./update-plan.js";
import { updatePlan } from "./update-plan.js";
import { updateStored } from "./update-stored.js";

/**
 * PATCH of an object or of its `/status`. A patch that sets no resourceVersion is applied again to whatever another
 * writer left; one that does gets 409 Conflict when it is stale.
 */
export async function patchObject(
  resource: RegistryResource,
  request: WriteRequest,
  body: PatchBody,
  subresource: UpdateTarget,
): Promise<Written> {
  const patch = readPatch(body, { flavour: resource.descriptor.flavour, schema: request.version.schema });
  const make = (old: KubeObject): KubeObject => {
    const object = patchedObject(resource, request, patch(), old);
    matchNamespace(resource, request, object);
    matchName(request, object);
    applyDefaults(request, object);
    return trackUpdate(resource, request, subresource, old, object);
  };
  return updateStored(resource, request, updatePlan(resource, request, subresource, make));
}
