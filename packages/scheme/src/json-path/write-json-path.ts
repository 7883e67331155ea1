import { isJsonObject, type JsonObject, type JsonValue, setOwn } from "@quarterdeck/meta";
import { JsonPathError } from "./json-path-step.js";
import { parseJsonPath } from "./parse-json-path.js";

/**
 * Sets the value at a path of plain fields, such as the `.spec.replicas` of a scale, in place; objects that are missing
 * on the way are made, and what stands in the way and is no object is replaced. Throws a JsonPathError on other paths.
 */
export function writeJsonPath(object: object, path: string, value: JsonValue): void {
  let place: object = object;
  const steps = parseJsonPath(path);
  steps.forEach((step, index) => {
    if (step.kind !== "field") throw new JsonPathError(path, "only a path of plain fields can be written");
    if (index === steps.length - 1) {
      setOwn(place, step.name, value);
      return;
    }
    const found: unknown = Object.hasOwn(place, step.name) ? Reflect.get(place, step.name) : undefined;
    const next: JsonObject = isJsonObject(found) ? found : {};
    if (next !== found) setOwn(place, step.name, next);
    place = next;
  });
}
