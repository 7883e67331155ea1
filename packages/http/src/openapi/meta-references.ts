import type { JsonObject } from "@quarterdeck/meta";

/** The short name of a kind, or part of a kind, that every group shares. */
export type MetaDefinition =
  | "APIResource"
  | "APIResourceList"
  | "DeleteOptions"
  | "FieldsV1"
  | "ListMeta"
  | "ManagedFieldsEntry"
  | "ObjectMeta"
  | "OwnerReference"
  | "Patch"
  | "Preconditions"
  | "RawExtension"
  | "Scale"
  | "ScaleSpec"
  | "ScaleStatus"
  | "Status"
  | "StatusCause"
  | "StatusDetails"
  | "Time"
  | "WatchEvent";

/** Where the definitions of those kinds refer to each other. */
export interface MetaReferences {
  /** A reference to one of them; its definition is added when first referred to. `beside`: keywords of the place. */
  meta(name: MetaDefinition, beside?: JsonObject): JsonObject;
}
