import { goValue } from "./go-text.js";
import type { FieldPath, PathElement } from "./path-element.js";

/** One step as upstream writes it: `.ports`, `[port=80,protocol="TCP"]`, `[="v"]`, `[0]`. */
export function formatPathElement(element: PathElement): string {
  if ("field" in element) return `.${element.field}`;
  if ("key" in element) return `[${element.key.map(([name, value]) => `${name}=${goValue(value)}`).join(",")}]`;
  if ("value" in element) return `[=${goValue(element.value)}]`;
  return `[${element.index}]`;
}

/** A path as upstream's `Path.String` writes it: `.spec.ports[port=80,protocol="TCP"].name`. */
export function formatFieldPath(path: FieldPath): string {
  return path.map(formatPathElement).join("");
}
