import type { KubeObject } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { WriteResult } from "@quarterdeck/storage";
import type { DecodedBody } from "@quarterdeck/wire";
import { createInstead, type RequireCreate } from "./create-instead.js";
import { strictComplaints, yamlComplaint } from "./decode/strict-complaints.js";
import { applyConfiguration } from "./managed-fields/apply-configuration.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { matchName, matchNamespace } from "./prepare/match-request.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import type { UpdateTarget } from "./update-plan.js";
import { updatePlan } from "./update-plan.js";
import { updateStored } from "./update-stored.js";

/**
 * Server-side apply (KEP-555) of an object or of one of its parts: what the body says becomes the field manager's, what it
 * said earlier and says no more goes, the rest stays. The object itself is created when there is none, after
 * `requireCreate`. 409 Conflict that names their owners for fields of others, unless `force` takes them.
 */
export function applyObject(
  resource: RegistryResource,
  request: WriteRequest,
  body: DecodedBody,
  force: boolean,
  subresource: UpdateTarget,
  requireCreate?: RequireCreate,
): Promise<Written> {
  const make = (live: KubeObject | undefined): KubeObject => {
    const object = applyConfiguration(resource, request, subresource, live, { config: body.object, force });
    // Upstream merges first and complains then.
    const complaints = strictComplaints(request, [], body);
    if (complaints !== undefined) {
      const yaml = yamlComplaint(body.repeats ?? []);
      const why = yaml === undefined ? complaints : `error converting YAML to JSON: ${yaml}`;
      throw StatusError.badRequest(`error strict decoding patch: ${why}`);
    }
    matchNamespace(resource, request, object);
    matchName(request, object);
    applyDefaults(request, object);
    return object;
  };
  const create = async (): Promise<WriteResult> => {
    const object = make(undefined);
    checkUid(resource, request, object);
    return createInstead(resource, request, object, requireCreate);
  };
  const plan = updatePlan(resource, request, subresource, make);
  return updateStored(resource, request, { ...plan, ...(subresource === "" ? { create } : {}) });
}

/** Who names the uid of an object means that very one, not a new one. */
function checkUid({ descriptor }: RegistryResource, { name }: WriteRequest, { metadata }: KubeObject): void {
  const { uid } = metadata;
  if (uid === undefined) return;
  const { group, resource } = descriptor;
  const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  throw StatusError.conflict({ group, resource }, name, why);
}
