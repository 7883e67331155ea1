import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";
import { compareValues } from "./compare-values.js";
import { FieldsV1Error } from "./fields-v1-error.js";
import { keyOfFields, valueText } from "./fields-v1-text.js";
import type { PathElement } from "./path-element.js";

/** A path element with what sets need of it. Two steps are equal exactly when their texts are. */
export interface Step {
  readonly element: PathElement;
  /** The key of `fieldsV1`: `f:name`, `k:{"port":80}`, `v:"x"`, `i:0`. */
  readonly text: string;
  /** The field; undefined for other elements. */
  readonly field: string | undefined;
}

export function fieldStep(field: string): Step {
  return { element: { field }, text: `f:${field}`, field };
}

/** `key` is sorted by name here. */
export function keyStep(key: readonly (readonly [string, JsonValue])[]): Step {
  const sorted = key.length < 2 ? key : [...key].sort(([left], [right]) => compareUtf8(left, right));
  return { element: { key: sorted }, text: `k:${keyOfFields(sorted)}`, field: undefined };
}

export function valueStep(value: JsonValue): Step {
  return { element: { value }, text: `v:${valueText(value)}`, field: undefined };
}

function indexStep(index: number): Step {
  return { element: { index }, text: `i:${index}`, field: undefined };
}

export function stepOf(element: PathElement): Step {
  if ("field" in element) return fieldStep(element.field);
  if ("key" in element) return keyStep(element.key);
  return "value" in element ? valueStep(element.value) : indexStep(element.index);
}

function parsed(text: string, key: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw new FieldsV1Error(`cannot parse the JSON of ${JSON.stringify(key)}`);
  }
}

function parseKey(text: string, key: string): Step {
  const fields = parsed(text, key);
  if (!isJsonObject(fields)) throw new FieldsV1Error(`expected an object of keys in ${JSON.stringify(key)}`);
  return keyStep(Object.keys(fields).map((name) => [name, fields[name] ?? null] as const));
}

function parseIndex(text: string): Step {
  if (!/^[+-]?\d+$/.test(text))
    throw new FieldsV1Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return indexStep(Number(text));
}

/** Reads a key of `fieldsV1`; undefined for an element of a kind that is not known (yet), which upstream leaves out. */
export function parseStep(key: string): Step | undefined {
  if (key.length < 2) throw new FieldsV1Error("key must be 2 characters long:");
  if (key[1] !== ":") throw new FieldsV1Error(`missing colon: ${key}`);
  const content = key.slice(2);
  switch (key[0]) {
    case "f":
      return { element: { field: content }, text: key, field: content };
    case "k":
      return parseKey(content, key);
    case "v":
      return valueStep(parsed(content, key));
    case "i":
      return parseIndex(content);
    default:
      return undefined;
  }
}

function compareKeys(
  left: readonly (readonly [string, JsonValue])[],
  right: readonly (readonly [string, JsonValue])[],
): number {
  for (let index = 0; index < left.length; index++) {
    const field = left[index];
    const other = right[index];
    if (field === undefined || other === undefined) break;
    const order = compareUtf8(field[0], other[0]) || compareValues(field[1], other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareElements(left: PathElement, right: PathElement): number {
  if ("key" in left) return "key" in right ? compareKeys(left.key, right.key) : -1;
  if ("key" in right) return 1;
  if ("value" in left) return "value" in right ? compareValues(left.value, right.value) : -1;
  if ("value" in right) return 1;
  return "index" in left && "index" in right ? left.index - right.index : 0;
}

/** The order of steps, as upstream's `PathElement.Compare`: fields, keys, values, indices. */
export function compareSteps(left: Step, right: Step): number {
  if (left === right || left.text === right.text) return 0;
  if (left.field !== undefined) return right.field === undefined ? -1 : compareUtf8(left.field, right.field);
  return right.field === undefined ? compareElements(left.element, right.element) : 1;
}
