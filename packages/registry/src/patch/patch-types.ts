import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, StructuralSchema } from "@quarterdeck/scheme";
import { decodeJson } from "@quarterdeck/wire";
import { applyJsonPatch, readJsonPatch } from "./json-patch.js";
import { applyMergePatch } from "./merge-patch.js";
import { applyStrategicMerge } from "./strategic-merge.js";

/** A patch as the request carries it. */
export interface PatchBody {
  /** The media type, parameters and all. */
  readonly type: string;
  readonly body: Buffer;
}

/** What a patch is read for. */
export interface PatchTarget {
  readonly flavour: ResourceDescriptor["flavour"];
  /** Of the objects in the version of the request; their metadata need not be in it. */
  readonly schema: StructuralSchema;
}

/** A patch that has been read: makes the patched document of a copy it may change. Throws `PatchError`. */
export type Patch = (document: JsonObject) => JsonValue;

/** Reads the bytes of one patch type; 400 BadRequest when they are malformed. */
type PatchReader = (body: Buffer, target: PatchTarget) => Patch;

function readObjectPatch(body: Buffer, name: string): JsonObject {
  const patch = decodeJson(body);
  if (!isJsonObject(patch)) throw StatusError.badRequest(`error decoding patch: a ${name} must be an object`);
  return patch;
}

function readMergePatch(body: Buffer): Patch {
  const patch = readObjectPatch(body, "merge patch");
  return (document) => {
    applyMergePatch(document, patch);
    return document;
  };
}

function readOperations(body: Buffer): Patch {
  const operations = readJsonPatch(decodeJson(body));
  return (document) => applyJsonPatch(document, operations);
}

function readStrategicMerge(body: Buffer, { schema }: PatchTarget): Patch {
  const patch = readObjectPatch(body, "strategic merge patch");
  return (document) => applyStrategicMerge(document, patch, schema);
}

const STRATEGIC_MERGE = "application/strategic-merge-patch+json";

/** The patch types that are served, in the order in which a 415 lists them. A new type is one line here. */
const READERS: ReadonlyMap<string, PatchReader> = new Map<string, PatchReader>([
  ["application/json-patch+json", readOperations],
  ["application/merge-patch+json", readMergePatch],
  [STRATEGIC_MERGE, readStrategicMerge],
]);

/** The media types that a PATCH of a typed kind may have. */
export const PATCH_TYPES: readonly string[] = [...READERS.keys()];

/** As upstream's: its custom resources take no strategic merge patch. */
const CUSTOM_PATCH_TYPES: readonly string[] = PATCH_TYPES.filter((type) => type !== STRATEGIC_MERGE);

/** The media types that a PATCH of a kind may have, in the order in which a 415 lists them. */
export function patchTypes(flavour: ResourceDescriptor["flavour"]): readonly string[] {
  return flavour === "typed" ? PATCH_TYPES : CUSTOM_PATCH_TYPES;
}

/** Reads a patch once, to be applied as often as it takes. 415 UnsupportedMediaType names the types that are served. */
export function readPatch(patch: PatchBody, target: PatchTarget): Patch {
  const end = patch.type.indexOf(";");
  const type = (end === -1 ? patch.type : patch.type.slice(0, end)).trim().toLowerCase();
  const types = patchTypes(target.flavour);
  const reader = types.includes(type) ? READERS.get(type) : undefined;
  if (reader !== undefined) return reader(patch.body, target);
  throw StatusError.unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${types.join(", ")}`,
  );
}
