import type { JsonObject } from "@quarterdeck/meta";
import type { MetaReferences } from "./meta-references.js";

/** `Time`. */
export function time(): JsonObject {
  return { description: "Time is a moment in RFC 3339 form, in whole seconds.", format: "date-time", type: "string" };
}

/** `MicroTime`. */
export function microTime(): JsonObject {
  return {
    description: "MicroTime is a moment in RFC 3339 form, to the microsecond.",
    format: "date-time",
    type: "string",
  };
}

/** `Quantity`: Swagger 2.0 has no word for either of two types. */
export function quantity({ dialect }: MetaReferences): JsonObject {
  const description = "Quantity is an amount such as `500m`, `2` or `1.5Gi`, of whatever it is an amount of.";
  return dialect === "v2"
    ? { description, type: "string" }
    : { description, oneOf: [{ type: "string" }, { type: "number" }] };
}

/** `IntOrString`. */
export function intOrString({ dialect }: MetaReferences): JsonObject {
  const description = "IntOrString is a number, or a text such as the name of a port or `25%`.";
  const format = "int-or-string";
  return dialect === "v2"
    ? { description, format, type: "string" }
    : { description, format, oneOf: [{ type: "integer" }, { type: "string" }] };
}
