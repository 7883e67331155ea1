import type { ReadRequest } from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";

/** What the registry is told about a read; the signal is made when it is asked for. */
export function readRequest({ state }: ServerContext, { version }: ResourceRoute): ReadRequest {
  const { namespace, name } = state.requestInfo;
  return {
    version,
    namespace,
    name,
    // An accessor of the object itself, so that a copy of the request keeps it.
    get signal() {
      return state.signal;
    },
  };
}
