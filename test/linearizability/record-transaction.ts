import { type ApiClient, ConnectionLost } from "../process/api-client.js";
import { bodyOf, type LoadObject, NAMESPACE, sightOf } from "../process/collection.js";
import type { History, TransactionWrite } from "./history.js";
import type { Key } from "./key-pool.js";

const PATH = "/quarterdeck/v1/transactions";
const REFUSED = [404, 409];

interface TransactionResult {
  readonly metadata: { readonly resourceVersion: string };
  readonly results: readonly { readonly object: LoadObject }[];
}

/** A write of a transaction before it is sent. */
export interface PlannedWrite extends TransactionWrite {
  readonly key: Key;
  readonly value: string;
  readonly side: string;
}

function operationOf({ key, verb, value, side, expected }: PlannedWrite): object {
  const { collection, name } = key;
  const object: { [member: string]: unknown } = { ...bodyOf(collection, name, value, side, expected) };
  const metadata = { ...Object(object.metadata), namespace: NAMESPACE };
  if (verb !== "patch") return { verb, object: { ...object, metadata } };
  const { apiVersion, kind } = object;
  return {
    verb,
    target: { apiVersion, kind, namespace: NAMESPACE, name },
    patch: { metadata: Object(object.metadata) },
  };
}

/** Writes several objects in one transaction; false when the server could not be reached. */
export async function recordTransaction(
  client: number,
  server: ApiClient,
  planned: readonly PlannedWrite[],
  history: History,
): Promise<readonly TransactionWrite[] | undefined> {
  const writes = planned.map(({ key: _, ...write }) => write);
  const line = { kind: "transaction" as const, client, call: history.now() };
  const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations: planned.map(operationOf) };
  try {
    const { status, text } = await server.request("POST", PATH, body);
    if (status === 429) return undefined;
    if (status === 503 || status === 504) {
      history.write({ ...line, outcome: "unknown", writes });
      return undefined;
    }
    const end = { return: history.now() };
    if (status !== 200) {
      const outcome = REFUSED.includes(status) ? "refused" : "error";
      history.write({ ...line, ...end, outcome, writes, ...(outcome === "error" ? { message: text } : {}) });
      return [];
    }
    const { metadata, results }: TransactionResult = JSON.parse(text);
    const done = writes.map((write, index) => {
      const object = results[index]?.object;
      return object === undefined ? write : { ...write, seen: sightOf(object) };
    });
    history.write({ ...line, ...end, outcome: "ok", revision: Number(metadata.resourceVersion), writes: done });
    return done;
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    if (error.reached) history.write({ ...line, outcome: "unknown", writes });
    return undefined;
  }
}
