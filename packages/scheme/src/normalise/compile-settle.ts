import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "../schema/structural-schema.js";

/** What becomes of a value when it is stored: itself, or a copy where something in it changes. */
export type Settle<T extends JsonValue = JsonValue> = (value: T) => T;

interface Member {
  readonly name: string;
  readonly settle: Settle;
}

function isEmpty(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

/** Lists and maps of Go, which are nil once they were stored without entries. */
function isCollection({ type, properties, additionalProperties }: StructuralSchema): boolean {
  return type === "array" || (properties === undefined && typeof additionalProperties === "object");
}

/** Settles a value in a field, which is null when nothing is in it and the field is always written. */
function compileMember(schema: StructuralSchema): Settle | undefined {
  const within = compileValue(schema);
  if (schema.zero !== "null" || !isCollection(schema)) return within;
  return (value) => (isEmpty(value) ? null : (within?.(value) ?? value));
}

function compileItems(items: StructuralSchema): Settle | undefined {
  const settle = compileMember(items);
  if (settle === undefined) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return value;
    const settled = value.map(settle);
    return settled.every((one, index) => one === value[index]) ? value : settled;
  };
}

/** A list that is the value of a map is never nil once it was stored. */
function compileMap(values: StructuralSchema): Settle | undefined {
  const settle = compileValue(values);
  if (settle === undefined) return undefined;
  return (value) =>
    isJsonObject(value)
      ? settleMembers(
          value,
          Object.keys(value).map((name) => ({ name, settle })),
        )
      : value;
}

function settleMembers(value: JsonObject, members: readonly Member[]): JsonObject {
  let result = value;
  for (const { name, settle } of members) {
    const member = value[name];
    if (member === undefined || member === null) continue;
    const settled = settle(member);
    if (settled === member) continue;
    if (result === value) result = { ...value };
    setOwn(result, name, settled);
  }
  return result;
}

function compileValue(schema: StructuralSchema): Settle | undefined {
  const { items, properties, additionalProperties } = schema;
  if (items !== undefined) return compileItems(items);
  if (properties === undefined)
    return typeof additionalProperties === "object" ? compileMap(additionalProperties) : undefined;
  const settle = compileSettle(schema);
  return settle === undefined ? undefined : (value) => (isJsonObject(value) ? settle(value) : value);
}

const known = new WeakMap<StructuralSchema, { readonly settle: Settle<JsonObject> | undefined }>();

/**
 * Compiles what storing does to objects of a schema: lists and maps without entries become null where Go writes a nil one so,
 * since they are stored in protobuf, which does not tell the two apart. Undefined when that changes nothing.
 */
export function compileSettle(schema: StructuralSchema): Settle<JsonObject> | undefined {
  let made = known.get(schema);
  if (made === undefined) {
    const members: Member[] = [];
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const settle = compileMember(property);
      if (settle !== undefined) members.push({ name, settle });
    }
    made = { settle: members.length === 0 ? undefined : (value) => settleMembers(value, members) };
    known.set(schema, made);
  }
  return made.settle;
}
