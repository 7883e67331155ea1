import { StatusError } from "@quarterdeck/meta";
import {
  createObject,
  deleteObject,
  type JoinResource,
  parseDeleteOptions,
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

/** Runs the verb of one operation on a joined resource; what it throws names the operation. `requireCreate` is asked when an update creates. */
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

async function perform(
  { state }: ServerContext,
  { verb, route, namespace, name, body, patch }: TransactionOperation,
  query: WriteQuery,
  join: JoinResource,
  requireCreate: () => Promise<void>,
): Promise<OperationResult> {
  const { version } = route;
  const resource = join(route.resource);
  const { user, signal } = state;
  const warn = (text: string) => void state.warnings.push(text);
  const { services, staged } = resource;
  const request = { version, namespace, name, user, signal, services, staged, warn, annotate() {}, ...query };
  // A second run must find what the client sent, not what the first one made of it.
  const copy = { object: structuredClone(body.object), duplicates: body.duplicates };
  const object = (code: number, encoded: EncodedObject): OperationResult => ({
    code,
    content: () => ["object", versionBytes(version, encoded)],
  });
  const subresource = route.subresource === "status" ? "status" : "";
  if (verb === "create") return object(201, (await createObject(resource, request, copy)).object);
  if (verb === "delete") {
    const options = parseDeleteOptions(NO_QUERY, copy);
    const deleted = await deleteObject(resource, request, options);
    if ("object" in deleted) return object(200, deleted.object);
    return { code: 200, content: () => ["status", Buffer.from(JSON.stringify(deleted.status))] };
  }
  const written =
    patch === undefined
      ? await updateObject(resource, request, copy, subresource, requireCreate)
      : await patchObject(resource, request, patch, subresource);
  return object(written.created ? 201 : 200, written.object);
}
