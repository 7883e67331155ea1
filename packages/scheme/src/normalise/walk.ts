import { FieldErrors, type JsonValue, jsonTypeName } from "@quarterdeck/meta";
import type { GoPlace, StructuralSchema } from "@quarterdeck/sdk";

/** A step of a path: a property, an index, or (in a tuple) the key of a map. */
export type PathStep = string | number | readonly [key: string];

/**
 * Where a pass over an object stands and what it has found. The steps are only joined to a text when there is
 * something to report, so that a sound object costs no string building.
 */
export interface Walk {
  readonly path: PathStep[];
  /** How many entries of `path` are valid. */
  depth: number;
  readonly errors: FieldErrors;
  readonly unknown: string[];
  /** What is walked, where paths are told in the words of Go's decoder. */
  readonly root: StructuralSchema | undefined;
}

/**
 * How many errors, and how many unknown fields, one pass names. A hostile body could have a million of each, and an
 * answer many times its own size.
 */
export const MAX_FINDINGS = 1000;

/** A pass that begins at the root. */
export function startWalk(
  errors: FieldErrors = new FieldErrors(),
  unknown: string[] = [],
  root?: StructuralSchema,
): Walk {
  return { path: [], depth: 0, errors, unknown, root };
}

/** `spec.steps[0].name`, or `spec.labels[app]` for a map key: where the walk stands, and one step further. */
export function renderPath(walk: Walk, further?: PathStep): string {
  const steps = walk.path.slice(0, walk.depth);
  if (further !== undefined) steps.push(further);
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else if (typeof step === "object") text += `[${step[0]}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** The name upstream's type check has for a value: safe whole numbers are `integer`, all others `number`. */
export function jsonType(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "number";
  return typeof value;
}

/** True when the pass has as many errors as it will name. */
export function isFull(walk: Walk): boolean {
  return walk.errors.list.length >= MAX_FINDINGS;
}

/** Reports a value of the wrong type at the walk's place; wording as kube-openapi's. */
export function reportType(walk: Walk, value: JsonValue, expected: string): void {
  if (isFull(walk)) return;
  const path = renderPath(walk);
  const found = jsonType(value);
  walk.errors.typeInvalid(path, found, `${path} in body must be of type ${expected}: ${JSON.stringify(found)}`);
}

const INT32 = 2 ** 31;

/** Go names the number when that is what is wrong. */
function goValueName(value: JsonValue, type: string): string {
  const isLarge = typeof value === "number" && Number.isInteger(value) && (type === "int32" || type === "int64");
  return isLarge && (type === "int64" || value >= INT32 || value < -INT32) ? `number ${value}` : jsonTypeName(value);
}

/** The path to where the walk stands as Go's decoder has it: with the names of embedded structs, without indices and keys of maps. */
function goPath({ path, depth, root }: Walk): string {
  const names: string[] = [];
  let schema = root;
  for (const step of path.slice(0, depth)) {
    if (typeof step !== "string") {
      schema = schema?.items;
      continue;
    }
    const { properties = {}, additionalProperties }: StructuralSchema = schema ?? {};
    const property = Object.hasOwn(properties, step) ? properties[step] : undefined;
    if (property !== undefined) names.push(...(property.go?.embedded ?? []), step);
    schema = property ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
  }
  return names.join(".");
}

/** Reports a value of the wrong type in the words of Go's decoder. */
export function reportGoType(walk: Walk, value: JsonValue, { owner, type }: GoPlace): void {
  if (isFull(walk)) return;
  const what = `${goValueName(value, type)} into Go struct field ${owner}.${goPath(walk)}`;
  const text = `json: cannot unmarshal ${what} of type ${type}`;
  walk.errors.add("FieldValueTypeInvalid", "", text);
}
