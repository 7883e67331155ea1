import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import type { FieldShape, MessageShape } from "@quarterdeck/sdk";

type Value = FieldShape["value"];

function isMessage(value: Value): value is MessageShape {
  return typeof value === "object" && !("variant" in value);
}

/** What JSON has for a field that Go always writes; undefined where it has nothing. */
function zeroOf(value: Value): JsonValue | undefined {
  if (typeof value === "object") return "variant" in value ? undefined : completed(value, {});
  switch (value) {
    case "string":
      return "";
    case "bool":
      return false;
    case "quantity":
      return "0";
    case "duration":
      return "0s";
    case "int32":
    case "int64":
    case "double":
    case "float":
    case "int-or-string":
      return 0;
    default:
      return undefined;
  }
}

function completedValue(value: Value, known: JsonValue): JsonValue {
  if (isMessage(value)) return isJsonObject(known) ? completed(value, known) : known;
  if (typeof value !== "object") return known;
  if (isJsonObject(known)) return completed(value.schema, known);
  return Array.isArray(known) ? known.map((one) => (isJsonObject(one) ? completed(value.schema, one) : one)) : known;
}

function completedField({ value, repeat }: FieldShape, known: JsonValue): JsonValue {
  if (repeat === "one") return completedValue(value, known);
  if (Array.isArray(known)) return known.map((one) => completedValue(value, one));
  if (!isJsonObject(known)) return known;
  return Object.fromEntries(Object.entries(known).map(([key, one]) => [key, completedValue(value, one ?? null)]));
}

/** An object as it is after a way through protobuf: fields that are no pointers are there, what is empty and left out is not. */
export function completed(message: MessageShape, object: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const field of message.fields) {
    if (field.inline && isMessage(field.value)) {
      Object.assign(result, completed(field.value, object));
      continue;
    }
    const known = object[field.name];
    const value = known === undefined ? undefined : completedField(field, known);
    if (value !== undefined && !(field.zero === "omit" && !value)) result[field.name] = value;
    else if (field.zero === "keep" && field.repeat === "one") {
      const zero = zeroOf(field.value);
      if (zero !== undefined) result[field.name] = zero;
    }
  }
  return result;
}
