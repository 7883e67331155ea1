import { isUtf8 } from "node:buffer";
import { type JsonValue, reasonOf } from "@quarterdeck/meta";
import { BodyError } from "./body-error.js";
import { MAX_NESTING } from "./nesting.js";
import { scanJson, TOO_DEEP } from "./scan-json.js";
import { StrictJsonReader } from "./strict-json-reader.js";

const NONE: readonly string[] = Object.freeze([]);
const SURROGATE_ESCAPE = /\\u[dD]/;
// A pair is matched before a lone half, and an escaped backslash before what follows it.
const ESCAPE = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|[\s\S])/g;
const LONE_SURROGATE_LENGTH = 6;

/** A JSON text as data, and the paths of repeated members. */
export interface ParsedJson {
  readonly value: JsonValue;
  readonly duplicates: readonly string[];
  /** Of YAML alone: what its parser says of each, such as `line 7: key "a" already set in map`. */
  readonly repeats?: readonly string[];
}

/**
 * Reads any JSON value. The usual text costs `isUtf8`, one pass over its bytes and `JSON.parse`; only when the number
 * of members differs from what was parsed is it read again to name the repeated ones.
 * Throws a {@link BodyError}: malformed, not UTF-8, nested too deeply, or with a number that no double can hold.
 */
export function parseJson(body: Buffer): ParsedJson {
  if (!isUtf8(body)) throw new BodyError("the body is not valid UTF-8");
  const members = scanJson(body);
  if (members === TOO_DEEP) throw new BodyError(`exceeded max depth of ${MAX_NESTING}`);
  const value = parse(body);
  return { value, duplicates: countMembers(value) === members ? NONE : new StrictJsonReader(body).duplicates() };
}

function parse(body: Buffer): JsonValue {
  const text = body.toString("utf8");
  try {
    return JSON.parse(SURROGATE_ESCAPE.test(text) ? text.replace(ESCAPE, replaceLoneSurrogate) : text);
  } catch (error) {
    new StrictJsonReader(body).duplicates();
    throw new BodyError(reasonOf(error), true);
  }
}

function replaceLoneSurrogate(match: string): string {
  return match.length === LONE_SURROGATE_LENGTH ? "\\ufffd" : match;
}

function countMembers(root: JsonValue): number {
  let members = 0;
  const open: object[] = [];
  visit(root, open);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const items: readonly unknown[] = Array.isArray(container) ? container : Object.values(container);
    if (items !== container) members += items.length;
    for (const item of items) visit(item, open);
  }
  return members;
}

function visit(value: unknown, open: object[]): void {
  if (typeof value === "object" && value !== null) open.push(value);
  else if (typeof value === "number" && !Number.isFinite(value)) throw new BodyError("a number is out of range");
}
