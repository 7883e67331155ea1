import type { FieldSchema, ValueValidation } from "@quarterdeck/sdk";
import type { Place } from "../definition/place.js";
import type { SchemaValidations, StructuralSchema } from "./structural-schema.js";

/** The words of ValueValidation that stand in a structural schema under the same name. */
const SAME_VALIDATIONS = [
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "enum",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
] as const;

const VALIDATIONS: readonly string[] = [
  ...SAME_VALIDATIONS,
  "requiredProperties",
  "properties",
  "items",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
];

const SCHEMA_WORDS: readonly string[] = [
  ...VALIDATIONS,
  "type",
  "title",
  "description",
  "nullable",
  "default",
  "example",
  "additionalProperties",
  "preserveUnknownFields",
  "embeddedResource",
  "intOrString",
  "listType",
  "listMapKeys",
  "mapType",
  "patchMergeKey",
  "patchStrategy",
  "rules",
];

const WORDS = {
  validation: VALIDATIONS,
  schema: SCHEMA_WORDS,
  field: [...SCHEMA_WORDS, "required", "schema", "proto"],
} as const;

/** Refuses words that are not of the vocabulary; a config in JavaScript has no compiler to say so. */
export function checkWords(options: object, vocabulary: keyof typeof WORDS, place: Place): void {
  const known = WORDS[vocabulary];
  for (const word of Object.keys(options)) {
    if (!known.includes(word)) throw place.mistake("unknown field option", word, known);
  }
}

/** The validations that are only renamed or copied. */
export function plainValidations(options: ValueValidation): SchemaValidations {
  const entries = SAME_VALIDATIONS.filter((word) => options[word] !== undefined).map((word) => [word, options[word]]);
  const required = options.requiredProperties;
  return { ...Object.fromEntries(entries), ...(required === undefined ? {} : { required }) };
}

/** The words of a schema beyond validations that are only renamed or copied. */
export function plainWords(options: FieldSchema): StructuralSchema {
  const { title, description, nullable, example, preserveUnknownFields, embeddedResource, intOrString } = options;
  const { listType, listMapKeys, mapType, patchMergeKey, patchStrategy, rules } = options;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(nullable === undefined ? {} : { nullable }),
    ...(options.default === undefined ? {} : { default: options.default }),
    ...(example === undefined ? {} : { example }),
    ...(preserveUnknownFields ? { "x-kubernetes-preserve-unknown-fields": true } : {}),
    ...(embeddedResource ? { "x-kubernetes-embedded-resource": true } : {}),
    ...(intOrString ? { "x-kubernetes-int-or-string": true } : {}),
    ...(listType === undefined ? {} : { "x-kubernetes-list-type": listType }),
    ...(listMapKeys === undefined ? {} : { "x-kubernetes-list-map-keys": listMapKeys }),
    ...(mapType === undefined ? {} : { "x-kubernetes-map-type": mapType }),
    ...(patchMergeKey === undefined ? {} : { "x-kubernetes-patch-merge-key": patchMergeKey }),
    ...(patchStrategy === undefined ? {} : { "x-kubernetes-patch-strategy": patchStrategy }),
    ...(rules === undefined ? {} : { "x-kubernetes-validations": rules }),
  };
}
