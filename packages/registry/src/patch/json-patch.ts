import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, StatusError, setOwn } from "@quarterdeck/meta";
import { unmarshalError } from "../decode/decode-error.js";
import { copyValue } from "../json/copy-value.js";
import { nestsTooDeep } from "../json/nesting.js";
import { sameValue } from "../json/same-value.js";
import { PatchError, rejectedPatch } from "./patch-error.js";

const MAX_OPERATIONS = 10_000;
/** How much `copy` may add in all: without a bound 20 copies of the root into itself make a million objects. */
const MAX_COPIED = 3_145_728;
/** How many places elements may be shifted in all by inserting into and removing from lists. */
const MAX_SHIFTED = 100_000_000;

/** One operation of RFC 6902, checked and with its pointers split. */
export type JsonPatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: readonly string[]; readonly value: JsonValue }
  | { readonly op: "remove"; readonly path: readonly string[] }
  | { readonly op: "move" | "copy"; readonly path: readonly string[]; readonly from: readonly string[] };

/** The text of a member; upstream's decoder wants a string where there is one, its patcher wants one to be there. */
function readText(input: JsonObject, member: "op" | "path" | "from"): string {
  const value = (Object.hasOwn(input, member) ? input[member] : undefined) ?? undefined;
  if (value === undefined) throw rejectedPatch(new PatchError(`operation missing ${member} field`));
  if (typeof value === "string") return value;
  const { message } = unmarshalError(value, `jsonPatchOp.${member}`, "string");
  throw StatusError.badRequest(`error decoding patch: ${message}`);
}

function readPointer(input: JsonObject, member: "path" | "from"): readonly string[] {
  const value = readText(input, member);
  if (value === "") return [];
  if (!value.startsWith("/")) throw rejectedPatch(new PatchError(`${JSON.stringify(value)} is not a JSON pointer`));
  return value
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function readOperation(input: JsonValue): JsonPatchOperation {
  if (!isJsonObject(input)) throw StatusError.badRequest("error decoding patch: an operation must be an object");
  const op = readText(input, "op");
  const path = readPointer(input, "path");
  switch (op) {
    case "add":
    case "replace":
    case "test":
      return { op, path, value: (Object.hasOwn(input, "value") ? input.value : undefined) ?? null };
    case "remove":
      return { op, path };
    case "move":
    case "copy":
      return { op, path, from: readPointer(input, "from") };
    default:
      throw rejectedPatch(new PatchError(`Unexpected kind: ${op}`));
  }
}

/**
 * Reads a JSON patch. 400 BadRequest when it is not a list of operations, 413 RequestEntityTooLarge when it has more
 * than 10 000, 422 Invalid for an operation that does not exist or lacks a member.
 */
export function readJsonPatch(patch: JsonValue): readonly JsonPatchOperation[] {
  if (!Array.isArray(patch)) throw StatusError.badRequest("error decoding patch: a JSON patch must be an array");
  if (patch.length > MAX_OPERATIONS) {
    const most = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`;
    throw StatusError.tooLarge(`Request entity too large: ${most}`);
  }
  return patch.map(readOperation);
}

function arrayIndex(array: readonly JsonValue[], token: string, appending: boolean): number {
  if (appending && token === "-") return array.length;
  const index = /^(?:0|[1-9][0-9]{0,9})$/.test(token) ? Number(token) : -1;
  if (index < 0 || index > array.length - (appending ? 0 : 1)) {
    throw new PatchError(`Unable to access invalid index: ${JSON.stringify(token)}`);
  }
  return index;
}

/** What stands at a pointer. Only own members are seen, so `constructor` and `__proto__` are names like any other. */
function read(root: JsonValue, path: readonly string[]): JsonValue {
  let value = root;
  for (const token of path) {
    if (Array.isArray(value)) value = value[arrayIndex(value, token, false)] ?? null;
    else if (isJsonObject(value) && Object.hasOwn(value, token)) value = value[token] ?? null;
    else throw new PatchError(`no value at ${JSON.stringify(`/${path.join("/")}`)}`);
  }
  return value;
}

class JsonPatchTarget {
  private copied = 0;
  private shifted = 0;

  constructor(public root: JsonValue) {}

  apply(operation: JsonPatchOperation): void {
    const { path } = operation;
    switch (operation.op) {
      case "add":
        this.add(path, copyValue(operation.value));
        break;
      case "replace":
        this.replace(path, copyValue(operation.value));
        break;
      case "remove":
        this.remove(path);
        break;
      case "test":
        this.test(path, operation.value);
        break;
      case "copy":
        this.add(path, this.copy(operation.from));
        break;
      case "move":
        this.move(operation.from, path);
        break;
    }
  }

  private add(path: readonly string[], value: JsonValue): void {
    const token = path.at(-1);
    if (token === undefined) {
      this.root = value;
      return;
    }
    const parent = this.parent(path);
    if (Array.isArray(parent)) this.shift(parent).splice(arrayIndex(parent, token, true), 0, value);
    else setOwn(parent, token, value);
  }

  private replace(path: readonly string[], value: JsonValue): void {
    read(this.root, path);
    const token = path.at(-1);
    if (token === undefined) {
      this.root = value;
      return;
    }
    const parent = this.parent(path);
    if (Array.isArray(parent)) parent[arrayIndex(parent, token, false)] = value;
    else setOwn(parent, token, value);
  }

  private remove(path: readonly string[]): void {
    const token = path.at(-1);
    if (token === undefined) throw new PatchError("the whole object cannot be removed");
    const parent = this.parent(path);
    if (Array.isArray(parent)) this.shift(parent).splice(arrayIndex(parent, token, false), 1);
    else if (Object.hasOwn(parent, token)) delete parent[token];
    else throw new PatchError(`Unable to remove nonexistent key: ${token}`);
  }

  private test(path: readonly string[], expected: JsonValue): void {
    const pointer = `/${path.join("/")}`;
    let actual: JsonValue = null;
    try {
      actual = read(this.root, path);
    } catch (error) {
      // A missing member passes a test for null, as with upstream's library.
      if (expected !== null || !(error instanceof PatchError)) throw error;
    }
    if (!sameValue(actual, expected)) throw new PatchError(`testing value ${pointer} failed`);
  }

  private copy(from: readonly string[]): JsonValue {
    const value = read(this.root, from);
    if (nestsTooDeep(value)) throw new PatchError("the copied value is nested too deeply");
    this.copied += JSON.stringify(value).length;
    if (this.copied > MAX_COPIED) {
      throw new PatchError(`the patch copies ${this.copied} bytes, the limit is ${MAX_COPIED}`);
    }
    return copyValue(value);
  }

  private move(from: readonly string[], path: readonly string[]): void {
    const into = from.length < path.length && from.every((token, index) => token === path[index]);
    if (into) throw new PatchError("a value cannot be moved into itself");
    const value = read(this.root, from);
    if (from.length === 0) return;
    this.remove(from);
    this.add(path, value);
  }

  private shift(array: JsonValue[]): JsonValue[] {
    this.shifted += array.length;
    if (this.shifted > MAX_SHIFTED) throw new PatchError("the patch moves too many list elements");
    return array;
  }

  private parent(path: readonly string[]): JsonValue[] | { [key: string]: JsonValue | undefined } {
    const parent = read(this.root, path.slice(0, -1));
    if (Array.isArray(parent) || isJsonObject(parent)) return parent;
    throw new PatchError(`no object or list at ${JSON.stringify(`/${path.slice(0, -1).join("/")}`)}`);
  }
}

/**
 * Applies the operations in order and answers the result; `root` may be changed in place. Throws {@link PatchError} at
 * the first that fails. Arrays take only the indices of RFC 6901.
 */
export function applyJsonPatch(root: JsonValue, operations: readonly JsonPatchOperation[]): JsonValue {
  const target = new JsonPatchTarget(root);
  for (const operation of operations) target.apply(operation);
  return target.root;
}
