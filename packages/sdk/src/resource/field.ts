import type { JsonValue } from "@quarterdeck/meta";
import type { Constructor } from "../plugin/constructor.js";
import { inheritedRecords, updateRecord } from "./record.js";
import type { CelRule } from "./rule.js";

const FIELDS_KEY = "quarterdeck:resource/fields";

/** The JSON types of the structural schema. */
export type FieldType = "string" | "integer" | "number" | "boolean" | "object" | "array";

/** The validations that schemas and their authors have under the same names. */
export interface PlainValidations {
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
}

/** The value validations of the structural schema: what may also stand in allOf, anyOf, oneOf and not. */
export interface ValueValidation extends PlainValidations {
  /** Names of properties that must be present, for schemas written out inline. */
  readonly requiredProperties?: readonly string[];
  readonly properties?: { readonly [name: string]: FieldSchema };
  readonly items?: SchemaSource;
  readonly allOf?: readonly ValueValidation[];
  readonly anyOf?: readonly ValueValidation[];
  readonly oneOf?: readonly ValueValidation[];
  readonly not?: ValueValidation;
}

/**
 * A schema written out, or a function that names a class with `@Field`s (a function, so that classes may be declared
 * later); `() => String`, `() => Number` and `() => Boolean` stand for plain values.
 */
export type SchemaSource = FieldSchema | (() => Constructor);

/** The vocabulary of structural schemas, under the names a class author would use. */
export interface FieldSchema extends ValueValidation {
  /**
   * Taken from the property's TypeScript type when that is string, number, boolean or a class with fields, and from
   * the rest of the vocabulary: `items` make an array, `additionalProperties` an object, a list of strings in `enum` a
   * string. Values of any type have neither a type nor anything to infer it from, but `preserveUnknownFields`.
   */
  readonly type?: FieldType;
  readonly title?: string;
  readonly description?: string;
  readonly nullable?: boolean;
  readonly default?: JsonValue;
  readonly example?: JsonValue;
  /** What the values of a map look like; `type` is then `object`. */
  readonly additionalProperties?: SchemaSource | boolean;
  readonly preserveUnknownFields?: boolean;
  readonly embeddedResource?: boolean;
  readonly intOrString?: boolean;
  readonly listType?: "atomic" | "set" | "map";
  readonly listMapKeys?: readonly string[];
  readonly mapType?: "atomic" | "granular";
  /** The field by which a strategic merge patch merges the items of a list, where that is not the one of `listMapKeys`. */
  readonly patchMergeKey?: string;
  /**
   * What a strategic merge patch does with the field: lists merge or are replaced, objects merge unless this says
   * `replace`; `retainKeys` tells clients to name the members that stay. Default: lists merge by their one `listMapKeys`,
   * sets of scalars as sets, all others are replaced; `none` replaces those too, and says nothing of it to clients.
   */
  readonly patchStrategy?: "merge" | "replace" | "retainKeys" | "merge,retainKeys" | "none";
  readonly rules?: readonly CelRule[];
}

/** What `@Field` takes. The JSON name is the property's; one that is no identifier is declared in quotes. */
export interface FieldOptions extends FieldSchema {
  /** The field must be present. */
  readonly required?: boolean;
  /** The class or schema of an object-valued field; taken from the property's TypeScript type without it. */
  readonly schema?: () => Constructor;
  /** The protobuf field number; kinds whose fields all have one are served in protobuf too. */
  readonly proto?: number;
}

/** A recorded field of a class. */
export interface FieldRecord {
  readonly property: string;
  readonly options: FieldOptions;
  /** The property's emitted TypeScript type, when the compiler emitted one. */
  readonly designType: unknown;
}

/** Declares a field of a resource, of its spec or status, of a nested class, or of a plugin's options. */
export function Field(options: FieldOptions = {}): PropertyDecorator {
  return (target, property) => {
    const record = {
      property: String(property),
      options,
      designType: Reflect.getMetadata("design:type", target, property),
    };
    updateRecord<readonly FieldRecord[]>(target.constructor, FIELDS_KEY, [], (before) => [...before, record]);
  };
}

/** The fields of a class in the order in which they are written, those of the classes it extends first. */
export function fieldRecords(owner: object): readonly FieldRecord[] {
  return inheritedRecords<readonly FieldRecord[]>(owner, FIELDS_KEY).flat();
}
