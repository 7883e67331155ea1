import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";

/** `.spec.replicas` as its segments. */
export function splitPath(path: string): readonly string[] {
  return (path.startsWith(".") ? path.slice(1) : path).split(".");
}

/** What stands at a path of object members; undefined when a step is missing or not an object. */
export function nestedField(root: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const segment of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, segment)) return undefined;
    value = value[segment];
  }
  return value;
}

/** Sets what stands at a path, making the objects on the way that are missing. */
export function setNestedField(root: JsonValue, path: readonly string[], value: JsonValue): void {
  let parent = root;
  for (const [index, segment] of path.entries()) {
    if (!isJsonObject(parent)) return;
    if (index === path.length - 1) {
      setOwn(parent, segment, value);
      return;
    }
    const held: JsonValue | undefined = Object.hasOwn(parent, segment) ? parent[segment] : undefined;
    const next: JsonValue = isJsonObject(held) ? held : {};
    if (next !== held) setOwn(parent, segment, next);
    parent = next;
  }
}
