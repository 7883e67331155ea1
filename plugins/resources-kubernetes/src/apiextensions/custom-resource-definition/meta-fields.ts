/** The fields that every resource has, and objects within resources that are resources themselves. */
export const META_FIELDS: readonly string[] = ["metadata", "kind", "apiVersion"];
