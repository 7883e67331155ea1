import { parseWriteQuery, runTransaction } from "@quarterdeck/registry";
import { decodeBody, encodeCbor, negotiate, sendBytes } from "@quarterdeck/wire";
import type { Authorizers, ObjectAccess } from "../filters/authorizers.js";
import { readBody } from "../request/read-body.js";
import type { ServerContext } from "../request/server-context.js";
import type { KindTable } from "./kind-table.js";
import { type OperationResult, performOperation } from "./perform-operation.js";
import { accessVerb, readTransaction, type TransactionOperation } from "./read-transaction.js";

/** Where it is posted. */
export const TRANSACTIONS_PATH = "/quarterdeck/v1/transactions";

/**
 * POST of a `Transaction`: creates, updates, applies, patches and deletes that take effect at one revision or not at all. Beside
 * the path itself the caller needs the right to each operation. Upstream has nothing like it.
 */
export class TransactionHandler {
  constructor(
    private readonly kinds: KindTable,
    private readonly authorizers: Authorizers,
    private readonly maxRequestBytes: number,
  ) {}

  async handle(context: ServerContext): Promise<void> {
    const { contentType, format } = negotiate(context, "document");
    const query = parseWriteQuery(context.state.query, "UpdateOptions");
    const body = await readBody(context, this.maxRequestBytes);
    const decoded = await decodeBody(context.get("content-type"), body, "Transaction", {
      cbor: context.state.servesCbor,
    });
    const operations = readTransaction(decoded, this.kinds);
    for (const operation of operations) await this.authorizers.require(context.state, accessOf(operation));
    const { result, revision } = await runTransaction(async (join) => {
      const results: OperationResult[] = [];
      for (const operation of operations) {
        const requireCreate = () => this.authorizers.require(context.state, { ...accessOf(operation), verb: "create" });
        results.push(await performOperation(context, operation, query, join, requireCreate));
      }
      return results;
    }, context.state.signal);
    const json = resultBytes(result, revision);
    const bytes = format === "cbor" ? encodeCbor(JSON.parse(json.toString("utf8"))) : json;
    await sendBytes(context, 200, { "Content-Type": contentType }, bytes);
  }
}

function accessOf({ verb, route, namespace, name }: TransactionOperation): ObjectAccess {
  const { group: apiGroup, version: apiVersion } = route.version;
  const { resource } = route.resource.descriptor;
  return { verb: accessVerb(verb), apiGroup, apiVersion, resource, subresource: route.subresource, namespace, name };
}

function resultBytes(results: readonly OperationResult[], revision: number): Buffer {
  const head = `{"kind":"TransactionResult","apiVersion":"quarterdeck/v1","metadata":${JSON.stringify(
    revision === 0 ? {} : { resourceVersion: String(revision) },
  )},"results":[`;
  const parts: Buffer[] = [Buffer.from(head)];
  for (const [index, { code, content }] of results.entries()) {
    const [member, json] = content();
    parts.push(Buffer.from(`${index === 0 ? "" : ","}{"code":${code},"${member}":`), json, Buffer.from("}"));
  }
  parts.push(Buffer.from("]}"));
  return Buffer.concat(parts);
}
