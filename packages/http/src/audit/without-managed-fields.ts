import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";

function bare(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || !isJsonObject(value.metadata) || value.metadata.managedFields === undefined) return value;
  const { managedFields: _, ...metadata } = value.metadata;
  return { ...value, metadata };
}

/** A copy of an object, list or table without `metadata.managedFields` of it and of what it lists. */
export function withoutManagedFields(object: JsonObject): JsonObject {
  const { items, rows } = object;
  const copy: { [key: string]: JsonValue | undefined } = { ...object };
  if (isJsonObject(object.metadata)) {
    const { managedFields: _, ...metadata } = object.metadata;
    copy.metadata = metadata;
  }
  if (Array.isArray(items)) copy.items = items.map(bare);
  if (Array.isArray(rows)) {
    copy.rows = rows.map((row: JsonValue) =>
      isJsonObject(row) && row.object !== undefined ? { ...row, object: bare(row.object) } : row,
    );
  }
  return copy;
}
