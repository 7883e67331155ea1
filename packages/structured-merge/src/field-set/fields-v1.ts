import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { FieldsV1Error } from "../path/fields-v1-error.js";
import { parseStep } from "../path/step.js";
import { EMPTY_TREE, type Entry, sortEntries, type Tree } from "./tree.js";

/** Two keys may say the same step in different words, `v:1` and `v:1.0`: as upstream, the last one says what lies below. */
function joinTwins(entries: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const before = result.at(-1);
    if (before?.step.text !== entry.step.text) result.push(entry);
    else {
      const { step, member, child } = entry;
      result[result.length - 1] = { step, member: member || before.member, child: child ?? before.child };
    }
  }
  return result;
}

function readEntry(key: string, content: JsonValue): Entry | undefined {
  const step = parseStep(key);
  if (step === undefined) return undefined;
  if (content !== null && !isJsonObject(content)) {
    throw new FieldsV1Error(`expected an object below ${JSON.stringify(key)}`);
  }
  const below = content === null ? EMPTY_TREE : readTree(content);
  const child = below.length === 0 ? undefined : below;
  return { step, member: child === undefined || (content !== null && Object.hasOwn(content, ".")), child };
}

/** Reads `fieldsV1`. Elements of unknown kinds are left out, as upstream does. */
export function readTree(fieldsV1: JsonObject): Tree {
  const entries: Entry[] = [];
  for (const key of Object.keys(fieldsV1)) {
    if (key === ".") continue;
    const entry = readEntry(key, fieldsV1[key] ?? null);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.length === 0 ? EMPTY_TREE : joinTwins(sortEntries(entries));
}

/** Writes `fieldsV1`: keys in the order of steps, `.` first where a member has members below it. */
export function writeTree(tree: Tree): JsonObject {
  const result: JsonObject = {};
  writeInto(result, tree);
  return result;
}

function writeInto(result: JsonObject, tree: Tree): void {
  for (const { step, member, child } of tree) {
    const content: JsonObject = {};
    if (child !== undefined) {
      if (member) content["."] = {};
      writeInto(content, child);
    }
    result[step.text] = content;
  }
}
