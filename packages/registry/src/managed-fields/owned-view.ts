import type { JsonObject, KubeObject } from "@quarterdeck/meta";

/** An object without its `managedFields`, which nobody owns. Shares everything else. */
export function ownedView(object: KubeObject): JsonObject {
  if (object.metadata.managedFields === undefined) return { ...object };
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
