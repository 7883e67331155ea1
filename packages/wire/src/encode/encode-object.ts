import type { JsonObject, KubeObject, ManagedFieldsEntry, ObjectMeta } from "@quarterdeck/meta";
import { escapeJson } from "./escape-json.js";

/**
 * The canonical bytes of an object: compact JSON without resourceVersion, `kind`, `apiVersion`, `metadata` first, the
 * metadata in upstream's order with the keys of labels and annotations sorted, the other fields in object order.
 * Metadata that `meta/v1.ObjectMeta` does not know is left out.
 */
export function encodeObject(object: KubeObject): Buffer {
  const head = `{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(object.apiVersion)},"metadata":`;
  let json = head + encodeMetadata(object.metadata);
  for (const key of Object.keys(object)) {
    if (key === "kind" || key === "apiVersion" || key === "metadata") continue;
    const value = JSON.stringify(object[key]);
    if (value !== undefined) json += `,${JSON.stringify(key)}:${value}`;
  }
  return Buffer.from(escapeJson(`${json}}`), "utf8");
}

function encodeMetadata(metadata: ObjectMeta): string {
  const members =
    text("name", metadata.name) +
    text("generateName", metadata.generateName) +
    text("namespace", metadata.namespace) +
    text("uid", metadata.uid) +
    number("generation", metadata.generation) +
    text("creationTimestamp", metadata.creationTimestamp) +
    text("deletionTimestamp", metadata.deletionTimestamp) +
    number("deletionGracePeriodSeconds", metadata.deletionGracePeriodSeconds) +
    map("labels", metadata.labels) +
    map("annotations", metadata.annotations) +
    list("ownerReferences", metadata.ownerReferences) +
    list("finalizers", metadata.finalizers) +
    managers(metadata.managedFields);
  return members === "" ? "{}" : `{${members.slice(1)}}`;
}

function text(name: string, value: string | null | undefined): string {
  return value === undefined || value === null || value === "" ? "" : `,"${name}":${JSON.stringify(value)}`;
}

function number(name: string, value: number | undefined): string {
  return value === undefined ? "" : `,"${name}":${value}`;
}

/** Written member by member: an object with keys such as "10" and "9" would come out in JavaScript's order. */
function map(name: string, value: { [key: string]: string } | undefined): string {
  if (value === undefined) return "";
  const keys = Object.keys(value);
  if (keys.length === 0) return "";
  if (keys.length > 1) keys.sort(byBytes);
  let members = "";
  for (const key of keys) members += `,${JSON.stringify(key)}:${JSON.stringify(value[key] ?? "")}`;
  return `,"${name}":{${members.slice(1)}}`;
}

function list(name: string, value: readonly object[] | readonly string[] | undefined): string {
  return value === undefined || value.length === 0 ? "" : `,"${name}":${JSON.stringify(value)}`;
}

// Sets of fields are never changed in place, and live as long as their manager changes nothing else.
const fieldTexts = new WeakMap<JsonObject, string>();

function fields(fieldsV1: JsonObject): string {
  let json = fieldTexts.get(fieldsV1);
  if (json === undefined) {
    json = JSON.stringify(fieldsV1);
    fieldTexts.set(fieldsV1, json);
  }
  return json;
}

function managers(entries: readonly ManagedFieldsEntry[] | undefined): string {
  if (entries === undefined || entries.length === 0) return "";
  let members = "";
  for (const { manager, operation, apiVersion, time, fieldsType, fieldsV1, subresource } of entries) {
    const set = fieldsV1 === undefined ? "" : `,"fieldsV1":${fields(fieldsV1)}`;
    const entry =
      text("manager", manager) +
      text("operation", operation) +
      text("apiVersion", apiVersion) +
      text("time", time) +
      text("fieldsType", fieldsType) +
      set +
      text("subresource", subresource);
    members += `,{${entry.slice(1)}}`;
  }
  return `,"managedFields":[${members.slice(1)}]`;
}

/** As Go sorts; differs from UTF-16 order only above the basic plane, which label and annotation keys cannot hold. */
function byBytes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
