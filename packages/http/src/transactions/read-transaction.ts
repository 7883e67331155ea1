import { isJsonObject, type JsonObject, type JsonValue, StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { KindTable } from "./kind-table.js";

/** The verbs that an operation may have. */
const VERBS = ["create", "update", "apply", "patch", "delete"] as const;
const KEYS: readonly string[] = [
  "verb",
  "object",
  "subresource",
  "target",
  "type",
  "patch",
  "options",
  "fieldManager",
  "force",
];
/** As many as fit into one transaction of every backend that ships. */
const MAX_OPERATIONS = 100;

/** One write of a transaction, checked as far as it can be without the objects. */
export interface TransactionOperation {
  readonly index: number;
  readonly verb: (typeof VERBS)[number];
  readonly route: ResourceRoute;
  readonly namespace: string;
  /** Empty for a create. */
  readonly name: string;
  /** The object of a create, an update or an apply, the options of a delete; shared, so it is copied before it is used. */
  readonly body: DecodedBody;
  readonly patch: { readonly type: string; readonly body: Buffer } | undefined;
  /** What it says itself, in place of the query; empty without. */
  readonly fieldManager: string;
  /** The same of an apply; undefined without. */
  readonly force: boolean | undefined;
}

function wrong(index: number, why: string): StatusError {
  return StatusError.badRequest(`operations[${index}]: ${why}`);
}

function text(from: JsonObject, key: string, index: number): string {
  const value = from[key] ?? "";
  if (typeof value !== "string") throw wrong(index, `${key} must be a string`);
  return value;
}

function objectAt(from: JsonObject, key: string, index: number): JsonObject {
  const value = from[key];
  if (!isJsonObject(value)) throw wrong(index, `${key} is required and must be an object`);
  return value;
}

/** The paths of doubled members below one part of the document, as the reader of that part expects them. */
function duplicatesBelow(path: string, duplicates: readonly string[]): readonly string[] {
  return duplicates.filter((one) => one.startsWith(`${path}.`)).map((one) => one.slice(path.length + 1));
}

/** Reads the operations of a `Transaction`; 400 for what is none, 404 for a kind that is not served. */
export function readTransaction(
  { object, duplicates }: DecodedBody,
  kinds: KindTable,
): readonly TransactionOperation[] {
  const { kind, apiVersion, operations } = object;
  if (kind !== "Transaction" || apiVersion !== "quarterdeck/v1") {
    throw StatusError.badRequest('the body must have kind "Transaction" and apiVersion "quarterdeck/v1"');
  }
  if (!Array.isArray(operations) || operations.length === 0) {
    throw StatusError.badRequest("operations must be a list with at least one entry");
  }
  if (operations.length > MAX_OPERATIONS) {
    throw StatusError.badRequest(
      `a transaction has at most ${MAX_OPERATIONS} operations, this one ${operations.length}`,
    );
  }
  return operations.map((one, index) => readOperation(one, index, kinds, duplicates));
}

function readOperation(
  said: JsonValue,
  index: number,
  kinds: KindTable,
  duplicates: readonly string[],
): TransactionOperation {
  if (!isJsonObject(said)) throw wrong(index, "must be an object");
  const unknown = Object.keys(said).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw wrong(index, `unknown member ${JSON.stringify(unknown)}`);
  const verb = VERBS.find((one) => one === said.verb);
  if (verb === undefined) throw wrong(index, `verb must be one of ${VERBS.join(", ")}`);
  const carriesObject = verb !== "patch" && verb !== "delete";
  const part = carriesObject ? "object" : "target";
  const about = objectAt(said, part, index);
  const route = kinds.find(
    text(about, "apiVersion", index),
    text(about, "kind", index),
    text(said, "subresource", index),
  );
  if (route === undefined || !route.actions.has(accessVerb(verb))) {
    const what = `${text(about, "kind", index)} in ${text(about, "apiVersion", index)}`;
    throw wrong(index, `the server cannot ${verb} ${what}`);
  }
  const meta = carriesObject ? objectAt(about, "metadata", index) : about;
  const { namespaced } = route.resource.descriptor;
  const namespace = namespaced ? text(meta, "namespace", index) : "";
  const name = verb === "create" ? "" : text(meta, "name", index);
  if (namespaced && namespace === "") throw wrong(index, `the namespace of ${part} is required`);
  if (verb !== "create" && name === "") throw wrong(index, `the name of ${part} is required`);
  const content = carriesObject ? about : isJsonObject(said.options) ? said.options : {};
  const path = `operations[${index}].${carriesObject ? "object" : "options"}`;
  const body = { object: content, duplicates: duplicatesBelow(path, duplicates) };
  return {
    ...{ index, verb, route, namespace, name, body },
    patch: verb === "patch" ? readPatch(said, index) : undefined,
    fieldManager: text(said, "fieldManager", index),
    force: readForce(said, verb, index),
  };
}

/** The verb that routes and authorizers know: an apply is a patch. */
export function accessVerb(verb: TransactionOperation["verb"]): Exclude<TransactionOperation["verb"], "apply"> {
  return verb === "apply" ? "patch" : verb;
}

function readForce({ force }: JsonObject, verb: TransactionOperation["verb"], index: number): boolean | undefined {
  if (force === undefined) return undefined;
  if (verb !== "apply") throw wrong(index, "force is for an apply");
  if (typeof force !== "boolean") throw wrong(index, "force must be true or false");
  return force;
}

function readPatch(said: JsonObject, index: number): { readonly type: string; readonly body: Buffer } {
  if (said.patch === undefined) throw wrong(index, "patch is required");
  const type = text(said, "type", index);
  return { type: type === "" ? "application/merge-patch+json" : type, body: Buffer.from(JSON.stringify(said.patch)) };
}
