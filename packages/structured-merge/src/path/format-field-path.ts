import { goValue } from "./go-text.js";
import type { FieldPath, PathElement } from "./path-element.js";

/** One step as upstream writes it: `.ports`, `[port=80,protocol="TCP"]`, `[="v"]`, `[0]`. */
export function formatPathElement(element: PathElement, number?: (value: number) => string): string {
  if ("field" in element) return `.${element.field}`;
  if ("key" in element) return `[${element.key.map(([name, value]) => `${name}=${goValue(value, number)}`).join(",")}]`;
  return "value" in element ? `[=${goValue(element.value, number)}]` : `[${element.index}]`;
}

/**
 * A path as upstream's `Path.String` writes it: `.spec.ports[port=80,protocol="TCP"].name`. Numbers are written as floats,
 * `1e+06`, as they are in paths that were read from managed fields.
 */
export function formatFieldPath(path: FieldPath): string {
  return path.map((element) => formatPathElement(element)).join("");
}
