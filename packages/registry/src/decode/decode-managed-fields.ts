import type { JsonObject, JsonValue, ManagedFieldsEntry } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import { unmarshalError } from "./decode-error.js";
import { decodeTime } from "./decode-time.js";

const STRINGS = ["manager", "operation", "apiVersion", "fieldsType", "subresource"] as const;
const KNOWN = new Set<string>([...STRINGS, "time", "fieldsV1"]);
const OWNER = "ManagedFieldsEntry.metadata.managedFields";

/**
 * Reads `metadata.managedFields` as upstream's decoder does. What the entries say is not looked at; entries that are in
 * order are shared with the input. A {@link DecodeError} for a value of the wrong type.
 */
export function decodeManagedFields(entries: readonly JsonValue[], unknown: string[]): ManagedFieldsEntry[] {
  return entries.map((entry, index) => {
    if (entry === null) return {};
    if (!isJsonObject(entry)) throw unmarshalError(entry, "ObjectMeta.metadata.managedFields", "v1.ManagedFieldsEntry");
    return isInOrder(entry) ? entry : decodeEntry(entry, index, unknown);
  });
}

const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** True for an entry as the server itself writes it, which almost all are. */
function isInOrder(entry: JsonObject): entry is ManagedFieldsEntry {
  for (const key of Object.keys(entry)) {
    const value = entry[key];
    if (key === "fieldsV1") {
      if (!isJsonObject(value)) return false;
    } else if (typeof value !== "string" || value === "" || !KNOWN.has(key)) return false;
    else if (key === "time" && !SECONDS.test(value)) return false;
  }
  return true;
}

function decodeEntry(entry: JsonObject, index: number, unknown: string[]): ManagedFieldsEntry {
  const decoded: ManagedFieldsEntry = {};
  for (const key of STRINGS) {
    const value = (Object.hasOwn(entry, key) ? entry[key] : undefined) ?? "";
    if (typeof value !== "string") throw unmarshalError(value, `${OWNER}.${key}`, "string");
    if (value !== "") decoded[key] = value;
  }
  const { time, fieldsV1 } = entry;
  if (time !== undefined && time !== null) decoded.time = decodeTime(time, `${OWNER}.time`);
  if (fieldsV1 !== undefined && fieldsV1 !== null) {
    if (!isJsonObject(fieldsV1)) throw unmarshalError(fieldsV1, `${OWNER}.fieldsV1`, "v1.FieldsV1");
    decoded.fieldsV1 = fieldsV1;
  }
  for (const key of Object.keys(entry)) {
    if (!KNOWN.has(key)) unknown.push(`metadata.managedFields[${index}].${key}`);
  }
  return decoded;
}
