import type { JsonObject, JsonValue, ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import { isJsonObject, OBJECT_META_FIELDS, setOwn } from "@quarterdeck/meta";
import { unmarshalError } from "./decode-error.js";
import { decodeManagedFields } from "./decode-managed-fields.js";
import { decodeTime } from "./decode-time.js";

const STRINGS = ["name", "generateName", "namespace", "selfLink", "uid", "resourceVersion"] as const;
const KNOWN = new Set<string>([...OBJECT_META_FIELDS, "selfLink"]);
const OWNER = "OwnerReference.metadata.ownerReferences";
const OWNER_STRINGS = ["apiVersion", "kind", "name", "uid"] as const;
const OWNER_FLAGS = ["controller", "blockOwnerDeletion"] as const;
const OWNER_KNOWN = new Set<string>([...OWNER_STRINGS, ...OWNER_FLAGS]);

function field(name: string): string {
  return `ObjectMeta.metadata.${name}`;
}

/** What Go calls the type of a field that is a text. */
function textType(key: string): string {
  return key === "uid" ? "types.UID" : "string";
}

function readText(value: JsonValue, structField: string, type: string): string {
  if (value === null) return "";
  if (typeof value !== "string") throw unmarshalError(value, structField, type);
  return value;
}

function readString(value: JsonValue, name: string): string {
  return readText(value, field(name), textType(name));
}

function readInteger(value: JsonValue, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw unmarshalError(value, field(name), "int64");
  return value;
}

function readStringMap(value: JsonValue, name: string): { [key: string]: string } {
  if (!isJsonObject(value)) throw unmarshalError(value, field(name), "map[string]string");
  const map: { [key: string]: string } = {};
  for (const key of Object.keys(value).sort()) setOwn(map, key, readString(value[key] ?? null, name));
  return map;
}

function readList(value: JsonValue, name: string, type: string): JsonValue[] {
  if (!Array.isArray(value)) throw unmarshalError(value, field(name), type);
  return value;
}

function readOwner(value: JsonValue, index: number, unknown: string[]): OwnerReference {
  const input = value === null ? {} : value;
  if (!isJsonObject(input)) throw unmarshalError(value, field("ownerReferences"), "v1.OwnerReference");
  const owner: OwnerReference = { apiVersion: "", kind: "", name: "", uid: "" };
  for (const key of OWNER_STRINGS) owner[key] = readText(input[key] ?? null, `${OWNER}.${key}`, textType(key));
  for (const key of OWNER_FLAGS) {
    const flag = input[key] ?? null;
    if (flag === null) continue;
    if (typeof flag !== "boolean") throw unmarshalError(flag, `${OWNER}.${key}`, "bool");
    owner[key] = flag;
  }
  for (const key of Object.keys(input)) {
    if (!OWNER_KNOWN.has(key)) unknown.push(`metadata.ownerReferences[${index}].${key}`);
  }
  return owner;
}

function given(input: JsonObject, key: string): JsonValue | undefined {
  const value = Object.hasOwn(input, key) ? input[key] : undefined;
  return value === null ? undefined : value;
}

function readScalars(input: JsonObject, metadata: ObjectMeta): void {
  for (const key of STRINGS) {
    const value = given(input, key);
    const text = value === undefined ? "" : readString(value, key);
    if (text !== "") metadata[key] = text;
  }
  const generation = given(input, "generation");
  if (generation !== undefined && generation !== 0) metadata.generation = readInteger(generation, "generation");
  for (const key of ["creationTimestamp", "deletionTimestamp"] as const) {
    const value = given(input, key);
    if (value !== undefined) metadata[key] = decodeTime(value, field(key));
  }
  const grace = given(input, "deletionGracePeriodSeconds");
  if (grace !== undefined) metadata.deletionGracePeriodSeconds = readInteger(grace, "deletionGracePeriodSeconds");
}

function readCollections(input: JsonObject, metadata: ObjectMeta, unknown: string[]): void {
  for (const key of ["labels", "annotations"] as const) {
    const value = given(input, key);
    if (value === undefined) continue;
    const map = readStringMap(value, key);
    if (Object.keys(map).length > 0) metadata[key] = map;
  }
  const owners = readList(given(input, "ownerReferences") ?? [], "ownerReferences", "[]v1.OwnerReference");
  if (owners.length > 0) metadata.ownerReferences = owners.map((one, index) => readOwner(one, index, unknown));
  const finalizers = readList(given(input, "finalizers") ?? [], "finalizers", "[]string");
  if (finalizers.length > 0) metadata.finalizers = finalizers.map((one) => readString(one, "finalizers"));
  const managed = given(input, "managedFields");
  if (managed === undefined) return;
  // An empty list says that nobody owns anything, which no list does not.
  metadata.managedFields = decodeManagedFields(readList(managed, "managedFields", "[]v1.ManagedFieldsEntry"), unknown);
}

/**
 * Reads `metadata` as upstream's typed decoder does: fields in the order of `meta/v1.ObjectMeta`, empty ones left out,
 * maps with sorted keys, times in UTC with whole seconds; shares nothing with the input but the entries of `managedFields`,
 * which nobody changes in place. Paths of fields that
 * ObjectMeta does not have go to `unknown`. Throws {@link DecodeError} for a value of the wrong type.
 */
export function decodeMetadata(input: JsonValue | undefined, kind: string, unknown: string[]): ObjectMeta {
  if (input === undefined || input === null) return {};
  if (!isJsonObject(input)) throw unmarshalError(input, `${kind}.metadata`, "v1.ObjectMeta");
  for (const key of Object.keys(input)) if (!KNOWN.has(key)) unknown.push(`metadata.${key}`);
  const metadata: ObjectMeta = {};
  readScalars(input, metadata);
  readCollections(input, metadata, unknown);
  return metadata;
}
