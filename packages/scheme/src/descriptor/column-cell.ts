import type { JsonValue, KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { isDateTime } from "../format/time-format.js";
import { compileJsonPath } from "../json-path/compile-json-path.js";

/** What a cell of a table holds. */
export type Cell = string | number | boolean | null;

function text(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A found value as a cell of a column's type, as upstream's table convertor has it; what does not fit is null. */
function cellOf(type: string, value: JsonValue | undefined): Cell {
  if (value === undefined || value === null) return null;
  switch (type) {
    case "string":
      return text(value);
    case "integer":
      return typeof value === "number" ? Math.trunc(value) : null;
    case "number":
      return typeof value === "number" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "date":
    case "age":
    case "time":
      if (typeof value !== "string") return null;
      return isDateTime(value) ? value : "<invalid>";
    default:
      return null;
  }
}

/** Compiles a column to a function. A function of the author's that throws, as on a missing status, gives no cell. */
export function compileCell(column: ColumnOptions): (object: KubeObject) => Cell {
  if ("jsonPath" in column) {
    const read = compileJsonPath(column.jsonPath);
    return (object) => cellOf(column.type, read(object)[0]);
  }
  return (object) => {
    try {
      const value = column.value(object);
      return typeof value === "object" || value === undefined ? null : value;
    } catch {
      return null;
    }
  };
}
