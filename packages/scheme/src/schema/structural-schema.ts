import type { JsonValue } from "@quarterdeck/meta";
import type { CelRule, FieldSchema } from "@quarterdeck/sdk";

/** The value validations that may also stand inside allOf, anyOf, oneOf and not. */
export interface SchemaValidations {
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly enum?: readonly JsonValue[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: StructuralSchema };
  readonly items?: StructuralSchema;
  readonly allOf?: readonly SchemaValidations[];
  readonly anyOf?: readonly SchemaValidations[];
  readonly oneOf?: readonly SchemaValidations[];
  readonly not?: SchemaValidations;
}

/**
 * A structural schema in the JSON form of `apiextensions.k8s.io/v1` JSONSchemaProps: what decorated classes,
 * custom resource definitions and native types all compile to.
 */
export interface StructuralSchema extends SchemaValidations {
  readonly type?: "string" | "integer" | "number" | "boolean" | "object" | "array";
  readonly title?: string;
  readonly description?: string;
  readonly nullable?: boolean;
  readonly default?: JsonValue;
  readonly example?: JsonValue;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-map-type"?: "atomic" | "granular";
  readonly "x-kubernetes-patch-merge-key"?: string;
  /** `none` is never on the wire: it keeps a list from being merged by its list type. */
  readonly "x-kubernetes-patch-strategy"?: NonNullable<FieldSchema["patchStrategy"]>;
  readonly "x-kubernetes-validations"?: readonly CelRule[];
  /** The class that the schema was made from: OpenAPI gives it a definition of its own. Never on the wire. */
  readonly className?: string;
  /** Protobuf field numbers by property. Never on the wire. */
  readonly protoFields?: { readonly [property: string]: number };
}
