import type { JsonObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { FieldSet, FieldsV1Error, type Manager, type Managers } from "@quarterdeck/structured-merge";
import { managerKey, managerOf, readManagerKey } from "./manager-name.js";

/** `metadata.managedFields` as data: who owns which fields, and when each last changed something. */
export interface Ownership {
  readonly managers: Managers;
  /** RFC 3339, by the key of the manager. */
  readonly times: ReadonlyMap<string, string>;
}

/** An object that nobody owns anything of. */
export const NO_OWNERSHIP: Ownership = Object.freeze({ managers: new Map(), times: new Map() });

/** Entries that are none of `managedFields`: the message says what is wrong. */
export class ManagedFieldsError extends Error {
  override readonly name = "ManagedFieldsError";
}

// `fieldsV1` is never changed once it is read, so a set and its JSON are made from one another once.
const sets = new WeakMap<JsonObject, FieldSet>();
const texts = new WeakMap<FieldSet, JsonObject>();

function setOf(fields: JsonObject): FieldSet {
  let set = sets.get(fields);
  if (set === undefined) {
    set = FieldSet.fromJson(fields);
    sets.set(fields, set);
    texts.set(set, fields);
  }
  return set;
}

function fieldsOf(set: FieldSet): JsonObject {
  let fields = texts.get(set);
  if (fields === undefined) {
    fields = set.toJson();
    texts.set(set, fields);
    sets.set(fields, set);
  }
  return fields;
}

const NO_FIELDS: JsonObject = Object.freeze({});

/** Reads entries; a {@link ManagedFieldsError} says which of them is none. */
export function readOwnership(entries: readonly ManagedFieldsEntry[]): Ownership {
  if (entries.length === 0) return NO_OWNERSHIP;
  const managers = new Map<string, Manager>();
  const times = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    const name = managerOf(entry);
    if (name === undefined) throw new ManagedFieldsError("operation must be `Apply` or `Update`");
    const { apiVersion = "", fieldsType = "", fieldsV1 = NO_FIELDS, time } = entry;
    if (apiVersion === "") throw new ManagedFieldsError("apiVersion must not be empty");
    if (fieldsType === "") throw new ManagedFieldsError(`missing fieldsType in managed fields entry ${index}`);
    if (fieldsType !== "FieldsV1") {
      throw new ManagedFieldsError(`invalid fieldsType ${JSON.stringify(fieldsType)} in managed fields entry ${index}`);
    }
    const key = managerKey(name);
    managers.set(key, { fields: readSet(fieldsV1), apiVersion, applied: name.operation === "Apply" });
    if (time !== undefined) times.set(key, time);
  }
  return { managers, times };
}

function readSet(fields: JsonObject): FieldSet {
  try {
    return setOf(fields);
  } catch (error) {
    if (error instanceof FieldsV1Error) throw new ManagedFieldsError(`error decoding set: ${error.message}`);
    throw error;
  }
}

/** What entries say as far as they can be read at all: one that is malformed makes all of them nobody's. */
export function ownershipOrNone(entries: readonly ManagedFieldsEntry[] = []): Ownership {
  try {
    return readOwnership(entries);
  } catch (error) {
    if (error instanceof ManagedFieldsError) return NO_OWNERSHIP;
    throw error;
  }
}

/** The entries of an ownership in upstream's order: applied ones first, then by time and name; undefined for none. */
export function writeOwnership({ managers, times }: Ownership): ManagedFieldsEntry[] | undefined {
  if (managers.size === 0) return undefined;
  return [...managers].map(([key, manager]) => writeEntry(key, manager, times.get(key))).sort(byOperationAndTime);
}

function writeEntry(
  key: string,
  { fields, apiVersion, applied }: Manager,
  time: string | undefined,
): ManagedFieldsEntry {
  const { manager, operation, subresource } = readManagerKey(key);
  return {
    ...(manager !== "" && { manager }),
    operation: applied ? "Apply" : operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: "FieldsV1",
    fieldsV1: fieldsOf(fields),
    ...(subresource !== "" && { subresource }),
  };
}

const ORDER = ["operation", "time", "manager", "apiVersion", "subresource"] as const;

/** Times are all in UTC with whole seconds, so the order of their texts is theirs. */
function byOperationAndTime(one: ManagedFieldsEntry, other: ManagedFieldsEntry): number {
  for (const key of ORDER) {
    const a = one[key] ?? "";
    const b = other[key] ?? "";
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
