import type { JsonValue } from "@quarterdeck/meta";
import type { FieldSchema, PlainValidations } from "./field.js";
import type { CelRule } from "./rule.js";

/** The value validations that may also stand inside allOf, anyOf, oneOf and not. */
export interface SchemaValidations extends PlainValidations {
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: StructuralSchema };
  readonly items?: StructuralSchema;
  readonly allOf?: readonly SchemaValidations[];
  readonly anyOf?: readonly SchemaValidations[];
  readonly oneOf?: readonly SchemaValidations[];
  readonly not?: SchemaValidations;
}

/** A place as Go's JSON decoder names it in errors: `Go struct field Container.spec.containers.image of type string`. */
export interface GoPlace {
  /** The struct that has the field, without its package; of a field of a struct that stands in another, that other one. */
  readonly owner: string;
  /** The structs in the owner that the field stands in, outermost first; paths name them. */
  readonly embedded?: readonly string[];
  /** `int32`, `[]v1.Container`, `map[string]string`. */
  readonly type: string;
}

/** Values that may be written in several ways and are kept in one, as Go's types write them. */
export type ValueForm =
  /** `meta/v1.Time`: RFC 3339 in UTC with whole seconds. */
  | "time"
  /** `meta/v1.MicroTime`: RFC 3339 in UTC with six decimals. */
  | "micro-time"
  /** `meta/v1.Duration`: such as `1m30s`. */
  | "duration"
  /** `api/resource.Quantity` in its canonical form; a number is read as its text. */
  | "quantity"
  /** Bytes in standard base64. */
  | "bytes"
  /** `runtime.RawExtension`: any JSON, kept as it is and owned as a whole. */
  | "json";

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
  /** The whole name of the definition of {@link className}, where the class is not of the kind's own package. Never on the wire. */
  readonly definition?: string;
  /** What {@link definition} is; `description` is what the place is that has it. Never on the wire. */
  readonly definitionDescription?: string;
  /** Protobuf field numbers by property. Never on the wire. */
  readonly protoFields?: { readonly [property: string]: number };
  /**
   * What becomes of a property with the zero value of its type (`""`, 0, false, no items), as Go's JSON has it: it is left
   * out, or an absent one is null. Without it zero values stay as they are. Never on the wire.
   */
  readonly zero?: "omit" | "null";
  /** Where Go's decoder says that a value of the wrong type was to go. Never on the wire. */
  readonly go?: GoPlace;
  /** The text that a value is kept in, however it was written; what has no such text is malformed. Never on the wire. */
  readonly form?: ValueForm;
}
