import {
  type DeleteOptions,
  managerFromUserAgent,
  parseWriteQuery,
  type WriteOptionsKind,
  type WriteRequest,
} from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";

/** What the registry is told about a write; throws 422 for options that do not exist. */
export function writeRequest(context: ServerContext, route: ResourceRoute, kind: WriteOptionsKind): WriteRequest {
  const { state } = context;
  const query = parseWriteQuery(state.query, kind);
  const fieldManager = query.fieldManager === "" ? managerFromUserAgent(context.get("user-agent")) : query.fieldManager;
  return makeRequest(context, route, query.dryRun, query.fieldValidation, fieldManager);
}

/** The same for a delete, whose options are in its body too. */
export function deleteRequest(context: ServerContext, route: ResourceRoute, options: DeleteOptions): WriteRequest {
  return makeRequest(context, route, (options.dryRun ?? []).length > 0, "Ignore", "");
}

function makeRequest(
  { state }: ServerContext,
  { version, resource }: ResourceRoute,
  dryRun: boolean,
  fieldValidation: WriteRequest["fieldValidation"],
  fieldManager: string,
): WriteRequest {
  const { namespace, name } = state.requestInfo;
  return {
    version,
    namespace,
    name,
    user: state.user,
    dryRun,
    fieldValidation,
    fieldManager,
    // An accessor of the object itself, so that a copy of the request keeps it.
    get signal() {
      return state.signal;
    },
    services: resource.services,
    warn: (text) => void state.warnings.push(text),
    annotate: (key, value) => state.audit.annotate(key, value),
  };
}
