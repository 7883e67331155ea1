import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { PatchError } from "./patch-error.js";

/** A pointer of RFC 6901, split into its tokens. */
export interface JsonPointer {
  readonly text: string;
  /** True for the empty pointer, which means the document itself. */
  readonly isRoot: boolean;
  /** Empty for the document itself, and for a text without a slash, which points nowhere. */
  readonly tokens: readonly string[];
}

/** Splits a pointer. What stands before the first slash is left out, as by upstream's library. */
export function readPointer(text: string): JsonPointer {
  const tokens = text.split("/").slice(1);
  return {
    text,
    isRoot: text === "",
    tokens: tokens.map((token) => token.replaceAll(/~[01]/g, (coded) => (coded === "~1" ? "/" : "~"))),
  };
}

/** The place of an element of a list of so many; negative ones count from the end, as in upstream's library. */
function placeOf(token: string, length: number): number {
  const index = /^[-+]?[0-9]{1,15}$/.test(token) ? Number(token) : Number.NaN;
  const place = index < 0 ? index + length : index;
  if (place >= 0 && place < length) return place;
  throw new PatchError(`Unable to access invalid index: ${JSON.stringify(token)}`);
}

/**
 * What is in an object or a list under a token: null for a member that is missing. Only own members are seen, so
 * `constructor` and `__proto__` are names like any other. Throws {@link PatchError} for an index outside of the list.
 */
export function childOf(parent: JsonObject | readonly JsonValue[], token: string): JsonValue {
  if (isList(parent)) return parent[placeOf(token, parent.length)] ?? null;
  return (Object.hasOwn(parent, token) ? parent[token] : undefined) ?? null;
}

/** The object or list that a pointer's last token is in, and that token. Throws {@link PatchError} without one. */
export function parentOf(root: JsonValue, { tokens, text }: JsonPointer): readonly [JsonObject | JsonValue[], string] {
  const last = tokens.at(-1);
  let parent: JsonValue = root;
  for (const token of tokens.slice(0, -1)) {
    if (typeof parent !== "object" || parent === null) break;
    parent = childOf(parent, token);
  }
  if (last === undefined || typeof parent !== "object" || parent === null) {
    throw new PatchError(`doc is missing path: ${JSON.stringify(text)}`);
  }
  return [parent, last];
}

/** Inserts into a list before the place of a token; `-`, or -1, is behind its end. */
export function insertAt(list: JsonValue[], token: string, value: JsonValue): void {
  list.splice(token === "-" ? list.length : placeOf(token, list.length + 1), 0, value);
}

/** Sets an element that is there. */
export function replaceAt(list: JsonValue[], token: string, value: JsonValue): void {
  list[placeOf(token, list.length)] = value;
}

/** Takes an element out of a list. */
export function removeAt(list: JsonValue[], token: string): void {
  list.splice(placeOf(token, list.length), 1);
}

function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}
