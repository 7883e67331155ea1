import type { KubeObject } from "@quarterdeck/meta";
import { isJsonObject, StatusError } from "@quarterdeck/meta";
import type { HistoryOptions } from "@quarterdeck/storage";
import { objectKey } from "./object-key.js";
import type { ReadRequest, RegistryResource } from "./registry-resource.js";
import type { WriteNote } from "./write-attributes.js";

/** One state of an object in the version of the request, and who made it so. */
export interface HistoryEntry {
  readonly revision: number;
  readonly type: "created" | "updated" | "deleted";
  /** Undefined for a delete. */
  readonly object: KubeObject | undefined;
  /** Undefined where the storage keeps no notes. */
  readonly note: WriteNote | undefined;
}

/** The states of an object that are remembered, newest first. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  /** True when older states were left out by the limit. */
  readonly more: boolean;
  /** History before this revision is forgotten; 0 when nothing is. */
  readonly compacted: number;
}

function isVerb(verb: unknown): verb is WriteNote["verb"] {
  return verb === "create" || verb === "update" || verb === "delete";
}

/** Reads a note; one that another program left says nothing. */
function readNote(bytes: Buffer | undefined): WriteNote | undefined {
  if (bytes === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!isJsonObject(content)) return undefined;
  const { verb, user, manager, time } = content;
  if (!isVerb(verb) || typeof user !== "string" || typeof time !== "number") return undefined;
  return { verb, user, time, ...(typeof manager === "string" && { manager }) };
}

function typeOf(exists: boolean, first: boolean): HistoryEntry["type"] {
  if (!exists) return "deleted";
  return first ? "created" : "updated";
}

/** What an object was, deletes included; 404 NotFound for one of which nothing is remembered. */
export async function objectHistory(
  resource: RegistryResource,
  request: ReadRequest,
  options: HistoryOptions,
): Promise<History> {
  const { store, descriptor } = resource;
  const { versions, more, compacted } = await store.history(objectKey(resource, request), options);
  if (versions.length === 0 && options.before === undefined) {
    throw StatusError.notFound({ group: descriptor.group, resource: descriptor.resource }, request.name);
  }
  const entries = versions.map(({ revision, createRevision, object, note }) => ({
    revision,
    type: typeOf(object !== undefined, createRevision === revision),
    object: object && request.version.fromStorage(object.object),
    note: readNote(note),
  }));
  return { entries, more, compacted };
}
