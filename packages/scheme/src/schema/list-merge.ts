import type { StructuralSchema } from "./structural-schema.js";

/** How a strategic merge patch merges a list: objects by one key, scalars as a set. */
export type ListMerge = { readonly by: "key"; readonly key: string } | { readonly by: "value" };

function isScalar(schema: StructuralSchema): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return true;
  return schema.type === "string" || schema.type === "integer" || schema.type === "number" || schema.type === "boolean";
}

/**
 * How a strategic merge patch merges a list of this schema; undefined when it replaces the list. The server's patch and
 * the `x-kubernetes-patch-*` extensions that clients make patches from both follow from it. Lists of several keys are
 * replaced, as the extensions can name only one.
 */
export function listMerge(schema: StructuralSchema | undefined): ListMerge | undefined {
  const items = schema?.items;
  if (schema === undefined || items === undefined) return undefined;
  switch (schema["x-kubernetes-list-type"]) {
    case "map": {
      const [key, second] = schema["x-kubernetes-list-map-keys"] ?? [];
      return key === undefined || second !== undefined ? undefined : { by: "key", key };
    }
    case "set":
      return isScalar(items) ? { by: "value" } : undefined;
    default:
      return undefined;
  }
}
