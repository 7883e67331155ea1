import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, StatusError } from "@quarterdeck/meta";
import { decodeJson } from "@quarterdeck/wire";
import { applyJsonPatch, readJsonPatch } from "./json-patch.js";
import { applyMergePatch } from "./merge-patch.js";

/** A patch as the request carries it. */
export interface PatchBody {
  /** The media type, parameters and all. */
  readonly type: string;
  readonly body: Buffer;
}

/** A patch that has been read: makes the patched document of a copy it may change. Throws `PatchError`. */
export type Patch = (document: JsonObject) => JsonValue;

/** Reads the bytes of one patch type; 400 BadRequest when they are malformed. */
type PatchReader = (body: Buffer) => Patch;

function readMergePatch(body: Buffer): Patch {
  const patch = decodeJson(body);
  if (!isJsonObject(patch)) throw StatusError.badRequest("error decoding patch: a merge patch must be an object");
  return (document) => {
    applyMergePatch(document, patch);
    return document;
  };
}

function readOperations(body: Buffer): Patch {
  const operations = readJsonPatch(decodeJson(body));
  return (document) => applyJsonPatch(document, operations);
}

/** The patch types that are served, in the order in which a 415 lists them. A new type is one line here. */
const READERS: ReadonlyMap<string, PatchReader> = new Map([
  ["application/json-patch+json", readOperations],
  ["application/merge-patch+json", readMergePatch],
]);

/** The media types that a PATCH may have. */
export const PATCH_TYPES: readonly string[] = [...READERS.keys()];

/** Reads a patch once, to be applied as often as it takes. 415 UnsupportedMediaType names the types that are served. */
export function readPatch(patch: PatchBody): Patch {
  const end = patch.type.indexOf(";");
  const reader = READERS.get((end === -1 ? patch.type : patch.type.slice(0, end)).trim().toLowerCase());
  if (reader !== undefined) return reader(patch.body);
  throw StatusError.unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${PATCH_TYPES.join(", ")}`,
  );
}
