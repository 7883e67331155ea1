import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { StructuralSchema } from "../schema/structural-schema.js";

const INT32 = 2 ** 31;

function isInteger(value: JsonValue, format: string | undefined): boolean {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return false;
  return format !== "int32" || (value >= -INT32 && value < INT32);
}

/** Whether Go's decoder takes a value where the schema stands; what its text must be is not looked at. */
export function goTypeCheck(schema: StructuralSchema): (value: JsonValue) => boolean {
  const { type, format, form } = schema;
  if (form === "quantity" || form === "json") return () => true;
  if (schema["x-kubernetes-int-or-string"]) return (value) => typeof value === "string" || isInteger(value, "int32");
  switch (type) {
    case "string":
      return (value) => typeof value === "string";
    case "boolean":
      return (value) => typeof value === "boolean";
    case "integer":
      return (value) => isInteger(value, format);
    case "number":
      return (value) => typeof value === "number" && Number.isFinite(value);
    case "array":
      return (value) => Array.isArray(value);
    case "object":
      return (value) => isJsonObject(value);
    default:
      return () => true;
  }
}
