import {
  type FieldShape,
  type MessageShape,
  messageShape,
  type ScalarShape,
  type VariantShape,
} from "@quarterdeck/sdk";
import { type FieldFact, typeFact } from "./fact-table.js";
import { type GoType, readGoType, type ScalarName, type SpecialType } from "./go-type.js";

type Value = FieldShape["value"];

const SCALARS: { readonly [scalar in ScalarName]: ScalarShape } = {
  string: "string",
  bool: "bool",
  int32: "int32",
  int64: "int64",
  float64: "double",
};

const SPECIALS: { readonly [special in Exclude<SpecialType, VariantShape["variant"]>]: ScalarShape } = {
  time: "time",
  "micro-time": "micro-time",
  duration: "duration",
  quantity: "quantity",
  "int-or-string": "int-or-string",
  json: "json",
  "any-json": "json",
};

const SCHEMA = "apiextensions/v1.JSONSchemaProps";

const messages = new Map<string, MessageShape>();

function specialValue(special: SpecialType): Value {
  if (special === "or-bool" || special === "or-array" || special === "or-strings")
    return { variant: special, schema: nativeMessage(SCHEMA) };
  return SPECIALS[special];
}

function shapeValue(type: GoType): Value {
  switch (type.kind) {
    case "scalar":
      return SCALARS[type.scalar];
    case "special":
      return specialValue(type.special);
    case "bytes":
      return "bytes";
    case "struct":
      return nativeMessage(type.name);
    case "list":
      // Only a list that has a name of its own can stand in a map or a list: it is a message there.
      return "strings";
    default:
      throw new TypeError("protobuf has no maps in maps or lists");
  }
}

function zeroOf(pointer: boolean, type: GoType, omitEmpty: boolean): FieldShape["zero"] {
  if (pointer) return "pointer";
  return omitEmpty && type.kind === "scalar" ? "omit" : "keep";
}

function fieldShape({ name, number, type: expression, omitEmpty }: FieldFact, place: string): FieldShape {
  const { pointer, type } = readGoType(expression, place);
  if (type.kind === "list") return { name, number, value: shapeValue(type.items), repeat: "list", zero: "omit" };
  if (type.kind === "map") return { name, number, value: shapeValue(type.values), repeat: "map", zero: "omit" };
  const shape = { name, number, value: shapeValue(type), repeat: "one" } as const;
  // A slice of bytes is absent or there, as a pointer is.
  if (type.kind === "bytes") return { ...shape, zero: "pointer" };
  return { ...shape, zero: zeroOf(pointer, type, omitEmpty), ...(name === "" ? { inline: true } : {}) };
}

/**
 * The message of a struct such as `core/v1.PodSpec`, shared between all that have it. Its fields are made when they are first
 * asked for, since messages may contain themselves.
 */
export function nativeMessage(full: string): MessageShape {
  const known = messages.get(full);
  if (known !== undefined) return known;
  const fact = typeFact(full);
  let fields: readonly FieldShape[] | undefined;
  const message: MessageShape = {
    name: fact.name,
    get fields() {
      fields ??= messageShape(
        fact.name,
        fact.fields.filter(({ number }) => number > 0).map((one) => fieldShape(one, fact.place)),
      ).fields;
      return fields;
    },
  };
  messages.set(full, message);
  return message;
}
