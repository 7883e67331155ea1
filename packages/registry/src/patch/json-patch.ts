import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, jsonTypeName, StatusError, setOwn } from "@quarterdeck/meta";
import { unmarshalError } from "../decode/decode-error.js";
import { copyValue } from "../json/copy-value.js";
import { nestsTooDeep } from "../json/nesting.js";
import { sameValue } from "../json/same-value.js";
import type { JsonPointer } from "./json-pointer.js";
import { childOf, insertAt, parentOf, readPointer, removeAt, replaceAt } from "./json-pointer.js";
import { PatchError, rejectedPatch } from "./patch-error.js";

const MAX_OPERATIONS = 10_000;
/** How much `copy` may add in all, upstream's limit: without one 20 copies of an object into itself make a million. */
const MAX_COPIED = 3_145_728;
/** How many places elements may be shifted in all by inserting into and removing from lists. */
const MAX_SHIFTED = 100_000_000;
const MEMBERS: readonly string[] = ["op", "path", "from", "value"];

/** One operation of RFC 6902, checked and with its pointers split. */
export type JsonPatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: JsonPointer; readonly value: JsonValue }
  | { readonly op: "remove"; readonly path: JsonPointer }
  | { readonly op: "move" | "copy"; readonly path: JsonPointer; readonly from: JsonPointer };

function malformed(detail: string): StatusError {
  return StatusError.badRequest(`error decoding patch: ${detail}`);
}

/** The text of a member; upstream's decoder wants a string where there is one, its patcher wants one to be there. */
function readText(input: JsonObject, member: "op" | "path" | "from"): string | undefined {
  const value = (Object.hasOwn(input, member) ? input[member] : undefined) ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw malformed(unmarshalError(value, `jsonPatchOp.${member}`, "string").message);
}

function requirePointer(text: string | undefined, member: "path" | "from"): JsonPointer {
  if (text === undefined) throw rejectedPatch(new PatchError(`operation missing ${member} field`));
  return readPointer(text);
}

function readOperation(input: JsonValue): JsonPatchOperation {
  // null is an operation without members to upstream's decoder
  const members = input === null ? {} : input;
  if (!isJsonObject(members)) {
    throw malformed(`json: cannot unmarshal ${jsonTypeName(input)} into Go value of type handlers.jsonPatchOp`);
  }
  const op = readText(members, "op");
  const [from, to] = [readText(members, "from"), readText(members, "path")];
  switch (op) {
    case "add":
    case "replace":
    case "test": {
      const value = (Object.hasOwn(members, "value") ? members.value : undefined) ?? null;
      return { op, path: requirePointer(to, "path"), value };
    }
    case "remove":
      return { op, path: requirePointer(to, "path") };
    case "move":
    case "copy":
      return { op, path: requirePointer(to, "path"), from: requirePointer(from, "from") };
    default:
      throw rejectedPatch(new PatchError(`Unexpected kind: ${op ?? "unknown"}`));
  }
}

/**
 * Reads a JSON patch. 400 BadRequest when it is not a list of operations, 413 RequestEntityTooLarge when it has more
 * than 10 000, 422 Invalid for an operation that does not exist or lacks a member.
 */
export function readJsonPatch(patch: JsonValue): readonly JsonPatchOperation[] {
  const operations = patch === null ? [] : patch;
  if (!Array.isArray(operations)) {
    throw malformed(`json: cannot unmarshal ${jsonTypeName(patch)} into Go value of type []handlers.jsonPatchOp`);
  }
  if (operations.length > MAX_OPERATIONS) {
    const most = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`;
    throw StatusError.tooLarge(`Request entity too large: ${most}`);
  }
  return operations.map(readOperation);
}

/** The paths of members that no operation has, such as `[0].comment`. */
export function strangeMembers(patch: JsonValue): readonly string[] {
  if (!Array.isArray(patch)) return [];
  return patch.flatMap((operation, index) =>
    isJsonObject(operation)
      ? Object.keys(operation)
          .filter((member) => !MEMBERS.includes(member))
          .map((member) => `[${index}].${member}`)
      : [],
  );
}

/** A document under change: only `replace` reaches the document itself, and `test`. */
class JsonPatchTarget {
  #copied = 0;
  #shifted = 0;

  constructor(public root: JsonValue) {}

  apply(operation: JsonPatchOperation): void {
    const { path } = operation;
    switch (operation.op) {
      case "add":
        this.#add(path, copyValue(operation.value));
        break;
      case "replace":
        this.#replace(path, copyValue(operation.value));
        break;
      case "remove":
        this.#remove(path);
        break;
      case "test":
        this.#test(path, operation.value);
        break;
      case "copy":
        this.#add(path, this.#copy(operation.from));
        break;
      case "move":
        this.#move(operation.from, path);
        break;
    }
  }

  #add(path: JsonPointer, value: JsonValue): void {
    const [parent, token] = parentOf(this.root, path);
    if (Array.isArray(parent)) insertAt(this.#shift(parent), token, value);
    else setOwn(parent, token, value);
  }

  /** A member that is missing is set, as by upstream's library; an element has to be there. */
  #replace(path: JsonPointer, value: JsonValue): void {
    if (path.isRoot) {
      if (typeof value !== "object" || value === null) {
        throw new PatchError("replace operation value must be object or array");
      }
      this.root = value;
      return;
    }
    const [parent, token] = parentOf(this.root, path);
    if (Array.isArray(parent)) replaceAt(parent, token, value);
    else setOwn(parent, token, value);
  }

  #remove(path: JsonPointer): void {
    const [parent, token] = parentOf(this.root, path);
    if (Array.isArray(parent)) removeAt(this.#shift(parent), token);
    else if (Object.hasOwn(parent, token)) delete parent[token];
    else throw new PatchError(`Unable to remove nonexistent key: ${token}`);
  }

  #test(path: JsonPointer, expected: JsonValue): void {
    const actual = path.isRoot ? this.root : this.#read(path);
    if (!sameValue(actual, expected)) throw new PatchError(`testing value ${path.text} failed`);
  }

  #copy(from: JsonPointer): JsonValue {
    const value = this.#read(from);
    if (nestsTooDeep(value)) throw new PatchError("the copied value is nested too deeply");
    this.#copied += JSON.stringify(value).length;
    if (this.#copied > MAX_COPIED) {
      throw new PatchError(`the patch copies ${this.#copied} bytes, the limit is ${MAX_COPIED}`);
    }
    return copyValue(value);
  }

  #move(from: JsonPointer, path: JsonPointer): void {
    const value = this.#read(from);
    this.#remove(from);
    this.#add(path, value);
  }

  /** What stands at a pointer; null for a member that is missing, as with upstream's library. */
  #read(path: JsonPointer): JsonValue {
    const [parent, token] = parentOf(this.root, path);
    return childOf(parent, token);
  }

  #shift(array: JsonValue[]): JsonValue[] {
    this.#shifted += array.length;
    if (this.#shifted > MAX_SHIFTED) throw new PatchError("the patch moves too many list elements");
    return array;
  }
}

/**
 * Applies the operations in order and answers the result; `root` may be changed in place. Throws {@link PatchError} at
 * the first that fails. Follows evanphx/json-patch, which upstream patches with, where that is more lenient than
 * RFC 6902 (a replaced member may be missing, indices may count from the end) or stricter (the document itself can only
 * be replaced and tested).
 */
export function applyJsonPatch(root: JsonValue, operations: readonly JsonPatchOperation[]): JsonValue {
  const target = new JsonPatchTarget(root);
  for (const operation of operations) target.apply(operation);
  return target.root;
}
