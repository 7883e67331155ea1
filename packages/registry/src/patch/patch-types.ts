import type { JsonValue, KubeObject } from "@quarterdeck/meta";
import { isJsonObject, jsonTypeName, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, StructuralSchema } from "@quarterdeck/scheme";
import { CBOR_APPLY_TYPE, decodeJson, type ParsedJson } from "@quarterdeck/wire";
import { copyObject } from "../json/copy-object.js";
import { copyValue } from "../json/copy-value.js";
import { goText } from "./go-text.js";
import { applyJsonPatch, type JsonPatchOperation, readJsonPatch, strangeMembers } from "./json-patch.js";
import { applyMergePatch } from "./merge-patch.js";
import { applyStrategicMerge } from "./strategic-merge.js";

/** A patch as the request carries it. */
export interface PatchBody {
  /** The media type, parameters and all. */
  readonly type: string;
  readonly body: Buffer;
  /** CBOR is spoken, which a 415 then names. */
  readonly cbor?: boolean;
}

/** What a patch is read for. */
export interface PatchTarget {
  readonly flavour: ResourceDescriptor["flavour"];
  /** Of the objects in the version of the request; their metadata need not be in it. */
  readonly schema: StructuralSchema;
}

/** A patch that has been read. */
export interface Patch {
  /** Makes the patched document of an object, which stays as it is. Throws `PatchError`. */
  apply(object: KubeObject): JsonValue;
  /** What a strict decoder says of the patch itself, such as `duplicate field "spec"`. */
  readonly complaints: readonly string[];
  /** What errors about the result quote; the result itself without it. */
  readonly shown?: string;
  /** The result is brought to its type as `runtime.FromUnstructured` does, whatever kind it says it is. */
  readonly unstructured?: boolean;
}

/** Reads one patch type; 400 BadRequest for JSON of another shape than the type has. */
type PatchReader = (patch: ParsedJson, target: PatchTarget) => Patch;

function duplicateFields(paths: readonly string[], prefix = ""): readonly string[] {
  return paths.map((path) => `${prefix}duplicate field ${JSON.stringify(path)}`);
}

/** Upstream's words for JSON that is no object. */
function notAnObject(value: JsonValue): string {
  return `json: cannot unmarshal ${jsonTypeName(value)} into Go value of type map[string]interface {}`;
}

function readMergePatch({ value, duplicates }: ParsedJson): Patch {
  if (value === null) throw StatusError.badRequest("Invalid JSON Patch");
  if (!isJsonObject(value)) throw StatusError.badRequest(`error decoding patch: ${notAnObject(value)}`);
  return {
    apply(object) {
      const document = copyObject(object);
      applyMergePatch(document, value);
      return document;
    },
    complaints: duplicateFields(duplicates),
  };
}

/** True for an operation that may change `managedFields` in place; all others may be given the shared ones. */
function reachesManagedFields(operation: JsonPatchOperation): boolean {
  const paths = "from" in operation ? [operation.path, operation.from] : [operation.path];
  return paths.some(({ tokens: [first, second] }) => {
    if (first === undefined) return true;
    return first === "metadata" && (second === undefined || second === "managedFields");
  });
}

function readOperations({ value, duplicates }: ParsedJson): Patch {
  const operations = readJsonPatch(value);
  const copy = operations.some(reachesManagedFields) ? copyValue<KubeObject> : copyObject;
  const strangers = strangeMembers(value).map((path) => `json patch unknown field ${JSON.stringify(path)}`);
  return {
    apply: (object) => applyJsonPatch(copy(object), operations),
    complaints: [...strangers, ...duplicateFields(duplicates, "json patch ")],
  };
}

function readStrategicMerge({ value, duplicates }: ParsedJson, { schema }: PatchTarget): Patch {
  const patch = value === null ? {} : value;
  if (!isJsonObject(patch)) throw StatusError.badRequest(notAnObject(value));
  return {
    apply: (object) => applyStrategicMerge(copyObject(object), patch, schema),
    complaints: duplicateFields(duplicates),
    shown: goText(patch),
    unstructured: true,
  };
}

const STRATEGIC_MERGE = "application/strategic-merge-patch+json";

/** The patch types that are served, in the order in which a 415 lists them. A new type is one line here. */
const READERS: ReadonlyMap<string, PatchReader> = new Map<string, PatchReader>([
  ["application/json-patch+json", readOperations],
  ["application/merge-patch+json", readMergePatch],
  [STRATEGIC_MERGE, readStrategicMerge],
]);

const APPLY = "application/apply-patch+yaml";

/** The media types that a PATCH of a typed kind may have. */
export const PATCH_TYPES: readonly string[] = [...READERS.keys(), APPLY];

/** As upstream's: its custom resources take no strategic merge patch. */
const CUSTOM_PATCH_TYPES: readonly string[] = PATCH_TYPES.filter((type) => type !== STRATEGIC_MERGE);

/** The media types that a PATCH of a kind may have, in the order in which a 415 lists them; `cbor` says that CBOR is spoken. */
export function patchTypes(flavour: ResourceDescriptor["flavour"], cbor = false): readonly string[] {
  const types = flavour === "typed" ? PATCH_TYPES : CUSTOM_PATCH_TYPES;
  return cbor ? [...types, CBOR_APPLY_TYPE] : types;
}

/** A media type without its parameters, in lower case. */
function bareType(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/**
 * True for the media types of server-side apply, which is no patch of a document but a write of its own; that in CBOR is one
 * only where it is spoken.
 */
export function isApply(contentType: string, cbor = false): boolean {
  const type = bareType(contentType);
  return type === APPLY || (cbor && type === CBOR_APPLY_TYPE);
}

/**
 * Reads a patch, to be applied as often as it takes: 415 UnsupportedMediaType names the types that are served, 400
 * BadRequest is for what is no JSON. What else is wrong with it is thrown when it is first asked for, since a missing
 * object is told before.
 */
export function readPatch(patch: PatchBody, target: PatchTarget): () => Patch {
  const type = bareType(patch.type);
  const types = patchTypes(target.flavour, patch.cbor);
  const reader = types.includes(type) ? READERS.get(type) : undefined;
  if (reader === undefined) {
    throw StatusError.unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${types.join(", ")}`,
    );
  }
  const parsed = decodeJson(patch.body);
  let read: Patch | undefined;
  return () => {
    read ??= reader(parsed, target);
    return read;
  };
}
