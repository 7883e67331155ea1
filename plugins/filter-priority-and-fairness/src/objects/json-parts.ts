import { isJsonObject, type JsonObject } from "@quarterdeck/meta";

/** A member that is an object; an empty one when it is not. */
export function part(value: unknown, name: string): JsonObject {
  return optionalPart(value, name) ?? {};
}

/** A member that is an object. */
export function optionalPart(value: unknown, name: string): JsonObject | undefined {
  const member: unknown = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(member) ? member : undefined;
}

/** The objects of a member that is a list. */
export function parts(value: unknown, name: string): readonly JsonObject[] {
  const member: unknown = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(member) ? member.filter(isJsonObject) : [];
}

/** A member that is a text; an empty one when it is not. */
export function text(value: JsonObject, name: string): string {
  const member = value[name];
  return typeof member === "string" ? member : "";
}

/** The texts of a member that is a list. */
export function texts(value: JsonObject, name: string): readonly string[] {
  const member = value[name];
  return Array.isArray(member) ? member.filter((one): one is string => typeof one === "string") : [];
}

/** A member that is a number, or what stands for it. */
export function count<T>(value: JsonObject, name: string, otherwise: T): number | T {
  const member = value[name];
  return typeof member === "number" ? member : otherwise;
}
