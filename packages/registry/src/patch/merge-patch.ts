import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";
import { copyValue } from "../json/copy-value.js";

/** An object of the target that still has to be merged with an object of the patch. */
interface Pair {
  readonly target: JsonObject;
  readonly patch: JsonObject;
}

/**
 * Applies an RFC 7386 merge patch: null removes, objects merge, anything else replaces. As by upstream's library, the
 * objects in a list lose their nulls too, unless the list takes the place of an object. Changes `target` in place and
 * takes copies from the patch, which may be applied again. Does not recurse; keys such as `__proto__` are data.
 */
export function applyMergePatch(target: JsonObject, patch: JsonObject): void {
  const pending: Pair[] = [{ target, patch }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    for (const key of Object.keys(pair.patch)) mergeMember(pair, key, pending);
  }
}

function mergeMember({ target, patch }: Pair, key: string, pending: Pair[]): void {
  const value: JsonValue | undefined = patch[key];
  if (value === undefined) return;
  if (value === null) {
    delete target[key];
    return;
  }
  const held = Object.hasOwn(target, key) ? target[key] : undefined;
  if (!isJsonObject(value)) {
    setOwn(target, key, isJsonObject(held) ? copyValue(value) : withoutNulls(value));
    return;
  }
  // An object without counterpart is merged into an empty one, so that its nulls are left out.
  const into: JsonObject = isJsonObject(held) ? held : {};
  if (into !== held) setOwn(target, key, into);
  pending.push({ target: into, patch: value });
}

/** A copy in which objects have no null, however deep in lists they are; the nulls of lists stay. */
function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined && member !== null) setOwn(copy, key, withoutNulls(member));
  }
  return copy;
}
