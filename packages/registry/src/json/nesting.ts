import type { JsonValue } from "@quarterdeck/meta";
import { MAX_NESTING } from "@quarterdeck/wire";

/**
 * True when objects and arrays are nested deeper than a body may be: a patch adds its own depth to the object's, so its
 * result is measured again. Does not recurse.
 */
export function nestsTooDeep(root: JsonValue): boolean {
  let level: JsonValue[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) return true;
    const below: JsonValue[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const item of Object.values(value)) if (typeof item === "object" && item !== null) below.push(item);
    }
    level = below;
  }
  return false;
}
