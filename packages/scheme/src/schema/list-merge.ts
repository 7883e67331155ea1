import type { StructuralSchema } from "./structural-schema.js";

/** How a strategic merge patch merges a list: objects by one key, scalars as a set. */
export type ListMerge = { readonly by: "key"; readonly key: string } | { readonly by: "value" };

/** What clients make strategic merge patches from: the `x-kubernetes-patch-*` extensions of a field in OpenAPI. */
export interface PatchExtensions {
  readonly "x-kubernetes-patch-strategy"?: string;
  readonly "x-kubernetes-patch-merge-key"?: string;
}

function isScalar(schema: StructuralSchema): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return true;
  return schema.type === "string" || schema.type === "integer" || schema.type === "number" || schema.type === "boolean";
}

function isListMerged(schema: StructuralSchema): boolean {
  const strategy = schema["x-kubernetes-patch-strategy"];
  if (strategy !== undefined) return strategy === "merge" || strategy === "merge,retainKeys";
  if (schema["x-kubernetes-patch-merge-key"] !== undefined) return true;
  const type = schema["x-kubernetes-list-type"];
  return type === "map" || type === "set";
}

/**
 * How a strategic merge patch merges a list of this schema; undefined when it replaces the list. What the field says of
 * itself comes first, then its list type. Lists of several keys are replaced unless one is named as the merge key, as the
 * extensions have room for only one.
 */
export function listMerge(schema: StructuralSchema | undefined): ListMerge | undefined {
  const items = schema?.items;
  if (schema === undefined || items === undefined || !isListMerged(schema)) return undefined;
  const [first, second] = schema["x-kubernetes-list-map-keys"] ?? [];
  const key = schema["x-kubernetes-patch-merge-key"] ?? (second === undefined ? first : undefined);
  if (key !== undefined) return { by: "key", key };
  return isScalar(items) ? { by: "value" } : undefined;
}

/** True for an object that a strategic merge patch replaces, as the selector of a disruption budget. */
export function isReplaced(schema: StructuralSchema | undefined): boolean {
  return schema?.["x-kubernetes-patch-strategy"] === "replace";
}

/** The extensions of a field; the server's patch does what they say. */
export function patchExtensions(schema: StructuralSchema): PatchExtensions {
  const merge = listMerge(schema);
  const strategy = schema["x-kubernetes-patch-strategy"] ?? (merge === undefined ? "none" : "merge");
  return {
    ...(strategy !== "none" && { "x-kubernetes-patch-strategy": strategy }),
    ...(merge?.by === "key" && { "x-kubernetes-patch-merge-key": merge.key }),
  };
}
