import type { KubeObject } from "@quarterdeck/meta";

type Cell = string | number | boolean | null;

/** What the server hands to columns is an object of the kind that they are of, as it is stored. */
function isStored<T extends object>(object: object): object is T {
  return "metadata" in object;
}

/** Reads a cell from an object of the kind that the column is of. */
export function typedCell<T extends object>(read: (object: T) => Cell): (object: KubeObject) => Cell {
  return (object) => (isStored<T>(object) ? read(object) : "");
}

/** Reads a text in the same way. */
export function typedText<T extends object>(read: (object: T) => string): (object: KubeObject) => string {
  return (object) => (isStored<T>(object) ? read(object) : "");
}
