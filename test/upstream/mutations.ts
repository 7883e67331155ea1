import type { JsonObject, JsonValue } from "@quarterdeck/meta";

/** An object with one thing changed. */
export interface Mutation {
  /** Where, from the object's root. */
  readonly path: readonly (string | number)[];
  /** What was done there. */
  readonly change: string;
  /** The value there now; undefined when it was taken out. */
  readonly value: JsonValue | undefined;
  readonly object: JsonObject;
}

const LONG = "a".repeat(300);
const STRINGS: readonly JsonValue[] = ["", "Bad_Value!", LONG, 5, "a.b", "/x/../y", "1", "-1", {}];
const NUMBERS: readonly JsonValue[] = [-1, 0, 1, 70_000, 2_147_483_648, 1.5, "1"];

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By name, so that an object and its like have the same mutations in the same order. */
function membersOf(value: JsonObject): readonly [string, JsonValue | undefined][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What may stand in place of a value: each is wrong somewhere, and right elsewhere. */
function insteadOf(value: JsonValue): readonly JsonValue[] {
  if (typeof value === "string") return STRINGS;
  if (typeof value === "number") return NUMBERS;
  if (typeof value === "boolean") return [!value, "true"];
  if (Array.isArray(value)) {
    const [first] = value;
    const more = isObject(first) ? {} : "";
    return [
      [],
      {},
      "x",
      [null],
      ...(first === undefined
        ? []
        : [
            [...value, first],
            [...value, more],
          ]),
    ];
  }
  if (!isObject(value)) return [];
  const [sample] = membersOf(value).map(([, member]) => member);
  return [
    {},
    [],
    "x",
    { ...value, bogus: 1 },
    ...(typeof sample === "string" ? [{ ...value, "Bad Key!": sample }] : []),
  ];
}

/** The same tree with another value at a path, or none there. */
function changed(tree: JsonValue, [step, ...rest]: Mutation["path"], value: JsonValue | undefined): JsonValue {
  if (step === undefined) return value ?? null;
  if (Array.isArray(tree)) {
    const items = [...tree];
    const index = Number(step);
    if (rest.length === 0 && value === undefined) items.splice(index, 1);
    else items[index] = changed(items[index] ?? null, rest, value);
    return items;
  }
  const fields: JsonObject = { ...Object(tree) };
  if (rest.length === 0 && value === undefined) delete fields[step];
  else fields[step] = changed(fields[step] ?? null, rest, value);
  return fields;
}

/** The paths of all that is in a tree, down to `wanted` ones and what is in them. */
function* pathsIn(tree: JsonValue, path: Mutation["path"]): Generator<[Mutation["path"], JsonValue]> {
  if (path.length > 0) yield [path, tree];
  if (Array.isArray(tree)) for (const [index, item] of tree.entries()) yield* pathsIn(item, [...path, index]);
  else if (isObject(tree)) for (const [name, value] of membersOf(tree)) yield* pathsIn(value ?? null, [...path, name]);
}

/** Each value of an object taken out, made null and replaced, one at a time; where `wanted` says so. */
export function* mutationsOf(
  object: JsonObject,
  wanted: (path: Mutation["path"]) => boolean,
): Generator<Mutation, void> {
  for (const [path, value] of pathsIn(object, [])) {
    if (!wanted(path)) continue;
    yield { path, change: "deleted", value: undefined, object: Object(changed(object, path, undefined)) };
    for (const other of [null, ...insteadOf(value)]) {
      const change = JSON.stringify(other).slice(0, 40);
      yield { path, change, value: other, object: Object(changed(object, path, other)) };
    }
  }
}
