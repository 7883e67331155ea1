import type { RequireCreate } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";

/** Asks the authorizers whether the user may create the object of the URL, for writes that make what they do not find. */
export function requireCreate(
  { state }: ServerContext,
  { resource, version }: ResourceRoute,
  services: HandlerServices,
): RequireCreate {
  const { namespace, name } = state.requestInfo;
  const { group: apiGroup, version: apiVersion } = version;
  const access = { apiGroup, apiVersion, resource: resource.descriptor.resource, subresource: "", namespace, name };
  return () => services.authorizers.require(state, { verb: "create", ...access });
}
