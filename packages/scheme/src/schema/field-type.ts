import type { FieldSchema, FieldType } from "@quarterdeck/sdk";
import type { Place } from "../definition/place.js";

const FIELD_TYPES: readonly string[] = ["string", "integer", "number", "boolean", "object", "array"];

const EMITTED: ReadonlyMap<unknown, readonly FieldType[]> = new Map<unknown, readonly FieldType[]>([
  [String, ["string"]],
  [Number, ["number", "integer"]],
  [Boolean, ["boolean"]],
  [Array, ["array"]],
]);

/** The JSON type that a TypeScript type was emitted as, if it says one; `Object` says nothing. */
function emittedTypes(designType: unknown): readonly FieldType[] | undefined {
  return EMITTED.get(designType);
}

function typeOfEnum(values: readonly unknown[] | undefined): FieldType | undefined {
  if (values === undefined || values.length === 0) return undefined;
  if (values.every((value) => typeof value === "string")) return "string";
  if (values.every((value) => Number.isInteger(value))) return "integer";
  return undefined;
}

function typeOfVocabulary(options: FieldSchema): FieldType | undefined {
  if (options.items !== undefined) return "array";
  if (options.properties !== undefined || options.additionalProperties !== undefined || options.embeddedResource)
    return "object";
  if (options.format === "int32" || options.format === "int64") return "integer";
  return typeOfEnum(options.enum);
}

function checkExplicit(type: string, designType: unknown, place: Place): void {
  if (!FIELD_TYPES.includes(type)) throw place.mistake("unknown field type", type, FIELD_TYPES);
  const emitted = emittedTypes(designType);
  if (emitted !== undefined && !emitted.some((one) => one === type)) {
    throw place.mistake(`the property is declared as ${emitted[0]}, which does not fit the type`, type);
  }
}

function nameOf(designType: unknown): string {
  if (designType === undefined) return "no emitted type";
  return typeof designType === "function" ? designType.name : String(designType);
}

/**
 * The JSON type of a field: what the author says, else what the vocabulary implies, else what TypeScript emitted for
 * the property. Undefined for values that may have several types: int-or-string and preserveUnknownFields.
 */
export function resolveFieldType(options: FieldSchema, designType: unknown, place: Place): FieldType | undefined {
  if (options.intOrString) {
    // A type of either kind says nothing new; the schema must not have one.
    if (options.type === undefined || options.type === "integer" || options.type === "string") return undefined;
    throw place.mistake("intOrString does not go with the type", options.type);
  }
  if (options.type !== undefined) {
    checkExplicit(options.type, designType, place);
    return options.type;
  }
  const implied = typeOfVocabulary(options);
  if (implied !== undefined) {
    checkExplicit(implied, designType, place);
    return implied;
  }
  if (options.preserveUnknownFields) return undefined;
  const emitted = emittedTypes(designType)?.[0];
  if (emitted !== undefined) return emitted;
  throw place.mistake(
    `the type cannot be inferred from the property's (${nameOf(designType)}); say type: "…", items, additionalProperties or schema`,
  );
}
