import type { JsonObject } from "@quarterdeck/meta";

/** The short name of a kind, or part of a kind, that every group shares. */
export type MetaDefinition =
  | "APIResource"
  | "APIResourceList"
  | "DeleteOptions"
  | "FieldsV1"
  | "IntOrString"
  | "ListMeta"
  | "ManagedFieldsEntry"
  | "MicroTime"
  | "ObjectMeta"
  | "OwnerReference"
  | "Patch"
  | "Preconditions"
  | "Quantity"
  | "RawExtension"
  | "Scale"
  | "ScaleSpec"
  | "ScaleStatus"
  | "Status"
  | "StatusCause"
  | "StatusDetails"
  | "Time"
  | "WatchEvent";

/** OpenAPI v3 and Swagger 2.0 differ in where definitions are and in what may stand beside a `$ref`. */
export type OpenApiDialect = "v2" | "v3";

/** Where the definitions of those kinds refer to each other. */
export interface MetaReferences {
  readonly dialect: OpenApiDialect;
  /** A reference to one of them; its definition is added when first referred to. `beside`: keywords of the place. */
  meta(name: MetaDefinition, beside?: JsonObject): JsonObject;
}
