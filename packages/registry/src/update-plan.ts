import type { KubeObject } from "@quarterdeck/meta";
import { admitMutation, admitValidation } from "./prepare/admit.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { preparePartUpdate, prepareStatusUpdate, prepareUpdate } from "./prepare/prepare-update.js";
import { validateStatusUpdate, validateUpdate } from "./prepare/validate-object.js";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";
import type { UpdatePlan } from "./update-stored.js";

/** What an update writes: empty for the object itself, `status`, or another part that its class names. */
export type UpdateTarget = string;

/** The plan of an update of the object itself or of a part; `make` answers a fresh object each time it is asked. */
export function updatePlan(
  resource: RegistryResource,
  asked: WriteRequest,
  subresource: UpdateTarget,
  make: (old: KubeObject) => KubeObject,
): UpdatePlan {
  const operation = "UPDATE";
  const request = subresource === "" ? asked : { ...asked, subresource };
  const { name } = request;
  return {
    begins: subresource === "",
    async next(old) {
      const review = { operation, subresource, name, object: make(old), oldObject: old } as const;
      return authorizeWrite(request, await admitMutation(resource, request, review), old);
    },
    prepare(next, old) {
      if (subresource === "") return prepareUpdate(resource, request, next, old);
      if (subresource === "status") return prepareStatusUpdate(resource, request, next, old);
      return preparePartUpdate(request, next, old);
    },
    validate: (next, old) =>
      subresource === "status"
        ? validateStatusUpdate(resource, request, next, old)
        : validateUpdate(resource, request, next, old),
    admit: (next, old) =>
      admitValidation(resource, request, { operation, subresource, name, object: next, oldObject: old }),
  };
}
