import {
  type DeleteOptions,
  managerFromUserAgent,
  parseWriteQuery,
  type WriteOptionsKind,
  type WriteQuery,
  type WriteRequest,
} from "@quarterdeck/registry";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";

/** What the registry is told about a write; throws 422 for options that do not exist. */
export function writeRequest(context: ServerContext, route: ResourceRoute, kind: WriteOptionsKind): WriteRequest {
  return writeRequestOf(context, route, writeQuery(context, kind));
}

/** The options of a write; throws 422 for those that do not exist. */
export function writeQuery({ state }: ServerContext, kind: WriteOptionsKind): WriteQuery {
  return parseWriteQuery(state.query, kind);
}

/** What the registry is told about a write with these options. */
export function writeRequestOf(context: ServerContext, route: ResourceRoute, query: WriteQuery): WriteRequest {
  const { dryRun, fieldValidation } = query;
  const fieldManager = query.fieldManager === "" ? managerFromUserAgent(context.get("user-agent")) : query.fieldManager;
  return makeRequest(context, route, dryRun, fieldValidation, fieldManager);
}

/** The same for a delete, whose options are in its body too. */
export function deleteRequest(context: ServerContext, route: ResourceRoute, options: DeleteOptions): WriteRequest {
  return makeRequest(context, route, (options.dryRun ?? []).length > 0, "Ignore", "");
}

/** The same for a connection, which writes nothing itself. */
export function connectRequest(context: ServerContext, route: ResourceRoute): WriteRequest {
  return makeRequest(context, route, false, "Ignore", "");
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
