import {
  type Constructor,
  type FieldOptions,
  type FieldRecord,
  type FieldSchema,
  fieldRecords,
  ruleRecords,
  type SchemaSource,
  type ValueValidation,
} from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { checkRules, checkSchema } from "./check-schema.js";
import { resolveFieldType } from "./field-type.js";
import { checkWords, plainValidations, plainWords } from "./field-vocabulary.js";
import type { SchemaValidations, StructuralSchema } from "./structural-schema.js";

const SCALARS: ReadonlyMap<unknown, StructuralSchema> = new Map<unknown, StructuralSchema>([
  [String, { type: "string" }],
  [Number, { type: "number" }],
  [Boolean, { type: "boolean" }],
]);

/** True for a class that has recorded fields, its own or inherited ones. */
export function hasFields(value: unknown): value is Constructor {
  return typeof value === "function" && fieldRecords(value).length > 0;
}

/** The fields of a class, one for each property: what a subclass declares anew replaces what it inherits. */
function uniqueFields(owner: Constructor): FieldRecord[] {
  const byProperty = new Map<string, FieldRecord>();
  for (const record of fieldRecords(owner)) byProperty.set(record.property, record);
  return [...byProperty.values()];
}

/** Compiles classes to schemas; it knows which classes it is in, since a class must not contain itself. */
class SchemaCompiler {
  private readonly inside: unknown[] = [];

  classSchema(owner: Constructor, place: Place): StructuralSchema {
    if (this.inside.includes(owner)) {
      throw place.mistake("the class contains itself; end the recursion with preserveUnknownFields", owner.name);
    }
    this.inside.push(owner);
    const fields = uniqueFields(owner);
    const properties = Object.fromEntries(
      fields.map((record) => [record.property, this.field(record, new Place(owner.name, record.property))]),
    );
    this.inside.pop();
    const required = fields.filter((record) => record.options.required).map((record) => record.property);
    const rules = checkRules(ruleRecords(owner), new Place(owner.name, "@Rule"));
    const protoFields = this.protoFields(fields, owner.name);
    return {
      type: "object",
      className: owner.name,
      properties,
      ...(required.length === 0 ? {} : { required }),
      ...(rules.length === 0 ? {} : { "x-kubernetes-validations": rules }),
      ...(protoFields === undefined ? {} : { protoFields }),
    };
  }

  private protoFields(fields: readonly FieldRecord[], className: string): { [property: string]: number } | undefined {
    const byNumber = new Map<number, string>();
    const numbers: { [property: string]: number } = {};
    for (const { property, options } of fields) {
      const { proto } = options;
      if (proto === undefined) continue;
      const place = new Place(className, property);
      if (!Number.isInteger(proto) || proto < 1 || proto > 536870911)
        throw place.mistake("bad protobuf field number", proto);
      const other = byNumber.get(proto);
      if (other !== undefined) throw place.mistake(`the protobuf field number is that of ${other} too`, proto);
      byNumber.set(proto, property);
      numbers[property] = proto;
    }
    return byNumber.size === 0 ? undefined : numbers;
  }

  private field({ property, options, designType }: FieldRecord, place: Place): StructuralSchema {
    if (property === "__proto__") throw place.mistake("a field cannot be called", property);
    checkWords(options, "field", place);
    const nested = this.nestedClass(options, designType, place);
    if (nested === undefined) return this.schema(options, designType, place);
    if (options.type !== undefined && options.type !== "object") {
      throw place.mistake(`the property is of class ${nested.name}, which does not fit the type`, options.type);
    }
    const inner: StructuralSchema =
      options.preserveUnknownFields && this.inside.includes(nested) ? {} : this.classSchema(nested, place);
    const rules = [...(inner["x-kubernetes-validations"] ?? []), ...checkRules(options.rules ?? [], place)];
    const schema: StructuralSchema = {
      ...inner,
      type: "object",
      ...this.words(options, place),
      ...(rules.length === 0 ? {} : { "x-kubernetes-validations": rules }),
    };
    checkSchema(schema, place);
    return schema;
  }

  private nestedClass(options: FieldOptions, designType: unknown, place: Place): Constructor | undefined {
    const { schema } = options;
    if (schema === undefined) {
      const inline = options.items ?? options.properties ?? options.additionalProperties;
      return inline === undefined && !options.intOrString && hasFields(designType) ? designType : undefined;
    }
    const named: unknown = hasFields(schema) ? schema : schema();
    if (!hasFields(named)) throw place.mistake("schema must name a class with fields", named ?? "nothing");
    return named;
  }

  private words(options: FieldSchema, place: Place): StructuralSchema {
    return { ...plainWords(options), ...this.validations(options, place) };
  }

  private schema(options: FieldSchema, designType: unknown, place: Place): StructuralSchema {
    const type = resolveFieldType(options, designType, place);
    const { additionalProperties } = options;
    const schema: StructuralSchema = {
      ...(type === undefined ? {} : { type }),
      ...this.words(options, place),
      ...(additionalProperties === undefined
        ? {}
        : {
            additionalProperties:
              typeof additionalProperties === "boolean"
                ? additionalProperties
                : this.source(additionalProperties, place.at("additionalProperties")),
          }),
    };
    checkRules(options.rules ?? [], place);
    checkSchema(schema, place);
    return schema;
  }

  private source(source: SchemaSource, place: Place): StructuralSchema {
    if (typeof source === "object") {
      checkWords(source, "schema", place);
      return this.schema(source, undefined, place);
    }
    const named: unknown = hasFields(source) ? source : source();
    const scalar = SCALARS.get(named);
    if (scalar !== undefined) return scalar;
    if (!hasFields(named)) throw place.mistake("the function must name a class with fields", named ?? "nothing");
    return this.classSchema(named, place);
  }

  private validations(options: ValueValidation, place: Place): SchemaValidations {
    const { properties, items, allOf, anyOf, oneOf, not } = options;
    const inner = (part: ValueValidation, at: Place): SchemaValidations => {
      checkWords(part, "validation", at);
      const schema = this.validations(part, at);
      checkSchema(schema, at);
      return schema;
    };
    const list = (name: string, parts: readonly ValueValidation[] | undefined): object =>
      parts === undefined ? {} : { [name]: parts.map((part, index) => inner(part, place.at(`${name}[${index}]`))) };
    return {
      ...plainValidations(options),
      ...(properties === undefined ? {} : { properties: this.properties(properties, place) }),
      ...(items === undefined ? {} : { items: this.source(items, place.at("items")) }),
      ...list("allOf", allOf),
      ...list("anyOf", anyOf),
      ...list("oneOf", oneOf),
      ...(not === undefined ? {} : { not: inner(not, place.at("not")) }),
    };
  }

  private properties(
    properties: { readonly [name: string]: FieldSchema },
    place: Place,
  ): { [name: string]: StructuralSchema } {
    return Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const at = place.at(`properties.${name}`);
        checkWords(property, "schema", at);
        return [name, this.schema(property, undefined, at)];
      }),
    );
  }
}

/**
 * The schema of a class with fields: properties in the order in which they are written, nested classes in place, each
 * with its `className`. Mistakes are thrown as ResourceDefinitionErrors without a source.
 */
export function compileClassSchema(owner: Constructor): StructuralSchema {
  return new SchemaCompiler().classSchema(owner, new Place(owner.name));
}
