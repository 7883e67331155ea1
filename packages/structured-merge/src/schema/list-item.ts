import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { valueText } from "../path/fields-v1-text.js";
import { keyStep, type Step, valueStep } from "../path/step.js";
import type { ListKey, ListShape } from "./merge-node.js";

const NULL_KEY = Symbol("null");

/** What an item is told apart by in a Map or Set: cheaper to make than its step. */
export type ItemIdentity = string | number | boolean | symbol;

/** The value of a key, undefined when the item lacks it and nothing stands in for it. */
function keyValue(item: JsonObject, key: ListKey): JsonValue | undefined {
  return (Object.hasOwn(item, key.name) ? item[key.name] : undefined) ?? absentValue(item, key);
}

function absentValue(item: JsonObject, key: ListKey): JsonValue | undefined {
  return item[key.name] === null && Object.hasOwn(item, key.name) ? null : key.missing;
}

/** A scalar is its own identity. Other keys are mistakes, which are named once they are told apart. */
function keyIdentity(value: JsonValue | undefined): ItemIdentity | undefined {
  if (value === null) return NULL_KEY;
  return typeof value === "object" ? `\u0000${valueText(value)}` : value;
}

function joinedIdentity(item: JsonObject, keys: readonly ListKey[]): ItemIdentity | undefined {
  let text = "";
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const value = key === undefined ? undefined : keyValue(item, key);
    if (value === undefined) continue;
    text += `${index}:${typeof value === "number" ? value : valueText(value)},`;
  }
  return text === "" ? undefined : text;
}

/** What tells an item of an associative list from the others; undefined for an item that cannot be told apart. */
export function identityOf(list: ListShape, item: JsonValue): ItemIdentity | undefined {
  const [first, second] = list.keys;
  if (first === undefined) return typeof item === "object" ? undefined : item;
  if (!isJsonObject(item)) return undefined;
  return second === undefined ? keyIdentity(keyValue(item, first)) : joinedIdentity(item, list.keys);
}

/** The step to an item that has an identity. */
export function stepOfItem(list: ListShape, item: JsonValue): Step {
  if (list.keys.length === 0 || !isJsonObject(item)) return valueStep(item);
  const key: [string, JsonValue][] = [];
  for (const each of list.keys) {
    const value = keyValue(item, each);
    if (value !== undefined) key.push([each.name, value]);
  }
  return keyStep(key);
}

function setItemMistake(item: JsonValue): string {
  if (item === null) return "associative list without keys has an element that's an explicit null";
  if (Array.isArray(item)) return "not supported: associative list with lists as elements";
  return "associative list without keys has an element that's a map type";
}

/** Why an item has no identity, in upstream's words. */
export function itemMistake(list: ListShape, item: JsonValue): string {
  if (list.keys.length === 0) return setItemMistake(item);
  if (item === null) return "associative list with keys may not have a null element";
  if (!isJsonObject(item)) return "associative list with keys may not have non-map elements";
  const names = list.keys.map(({ name }) => JSON.stringify(name)).join(" ");
  return `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`;
}
