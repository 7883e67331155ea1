import type { KubeObject } from "@quarterdeck/meta";
import { admitMutation, admitValidation } from "./prepare/admit.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { prepareStatusUpdate, prepareUpdate } from "./prepare/prepare-update.js";
import { validateStatusUpdate, validateUpdate } from "./prepare/validate-object.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";
import type { UpdatePlan } from "./update-stored.js";

/** The parts of an object that an update may write: the main resource or its status. */
export type UpdateTarget = "" | "status";

/** The plan of an update of the main resource or of `/status`; `make` answers a fresh object each time it is asked. */
export function updatePlan(
  resource: RegistryResource,
  request: WriteRequest,
  subresource: UpdateTarget,
  make: (old: KubeObject) => KubeObject,
): UpdatePlan {
  const operation = "UPDATE";
  const { name } = request;
  return {
    async next(old) {
      const review = { operation, subresource, name, object: make(old), oldObject: old } as const;
      return authorizeWrite(request, await admitMutation(resource, request, review), old);
    },
    prepare: (next, old) =>
      subresource === "" ? prepareUpdate(resource, request, next, old) : prepareStatusUpdate(request, next, old),
    validate: (next, old) =>
      subresource === ""
        ? validateUpdate(resource, request, next, old)
        : validateStatusUpdate(resource, request, next, old),
    admit: (next, old) =>
      admitValidation(resource, request, { operation, subresource, name, object: next, oldObject: old }),
  };
}
