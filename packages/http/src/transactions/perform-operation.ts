import { StatusError } from "@quarterdeck/meta";
import {
  applyObject,
  createObject,
  deleteObject,
  type JoinResource,
  managerFromUserAgent,
  parseDeleteOptions,
  parseWriteQuery,
  patchObject,
  updateObject,
  type WriteQuery,
} from "@quarterdeck/registry";
import { type EncodedObject, versionBytes } from "@quarterdeck/wire";
import type { ServerContext } from "../request/server-context.js";
import type { TransactionOperation } from "./read-transaction.js";

/** What an operation answers, read once the transaction is committed: then objects have their resourceVersion. */
export interface OperationResult {
  readonly code: number;
  /** JSON of `object` or `status`. */
  content(): readonly [member: "object" | "status", json: Buffer];
}

const NO_QUERY = new URLSearchParams();

/** Runs the verb of one operation on a joined resource; what it throws names the operation. `requireCreate` is asked when an update or an apply creates. */
export async function performOperation(
  context: ServerContext,
  operation: TransactionOperation,
  query: WriteQuery,
  join: JoinResource,
  requireCreate: () => Promise<void>,
): Promise<OperationResult> {
  try {
    return await perform(context, operation, query, join, requireCreate);
  } catch (error) {
    if (!StatusError.is(error)) throw error;
    const { status } = error;
    const field = `operations[${operation.index}]`;
    const causes = [
      ...(status.details?.causes ?? []),
      { reason: "OperationFailed", message: status.message ?? "", field },
    ];
    throw new StatusError({ ...status, details: { ...status.details, causes } });
  }
}

/** The query as it is for one operation; 422 for a manager that is none. */
function ownQuery(context: ServerContext, query: WriteQuery, operation: TransactionOperation): WriteQuery {
  const isApply = operation.verb === "apply";
  const said = operation.fieldManager === "" ? query.fieldManager : operation.fieldManager;
  const options = new URLSearchParams({ fieldManager: said });
  const { fieldManager } = parseWriteQuery(options, isApply ? "ApplyOptions" : "UpdateOptions");
  return {
    ...query,
    fieldManager: fieldManager === "" ? managerFromUserAgent(context.get("user-agent")) : fieldManager,
    force: operation.force ?? query.force,
  };
}

async function perform(
  context: ServerContext,
  operation: TransactionOperation,
  query: WriteQuery,
  join: JoinResource,
  requireCreate: () => Promise<void>,
): Promise<OperationResult> {
  const { state } = context;
  const { verb, route, namespace, name, body, patch } = operation;
  const { force, ...options } = ownQuery(context, query, operation);
  const { version } = route;
  const resource = join(route.resource);
  const { user, signal } = state;
  const warn = (text: string) => void state.warnings.push(text);
  const { services, staged } = resource;
  const request = { version, namespace, name, user, signal, services, staged, warn, annotate() {}, ...options };
  // A second run must find what the client sent, not what the first one made of it.
  const copy = { object: structuredClone(body.object), duplicates: body.duplicates };
  const object = (code: number, encoded: EncodedObject): OperationResult => ({
    code,
    content: () => ["object", versionBytes(version, encoded)],
  });
  const subresource = route.subresource === "status" ? "status" : "";
  if (verb === "create") return object(201, (await createObject(resource, request, copy)).object);
  if (verb === "delete") {
    const deleted = await deleteObject(resource, request, parseDeleteOptions(NO_QUERY, copy));
    if ("object" in deleted) return object(200, deleted.object);
    return { code: 200, content: () => ["status", Buffer.from(JSON.stringify(deleted.status))] };
  }
  const write = () => {
    if (verb === "apply") return applyObject(resource, request, copy, force, subresource, requireCreate);
    if (patch !== undefined) return patchObject(resource, request, patch, subresource);
    return updateObject(resource, request, copy, subresource, requireCreate);
  };
  const written = await write();
  return object(written.created ? 201 : 200, written.object);
}
