import { type ColumnOptions, columnRecords } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { checkPath } from "./check-path.js";
import { compileCell } from "./column-cell.js";
import type { ColumnDescriptor } from "./resource-descriptor.js";

const TYPES: readonly string[] = ["string", "integer", "number", "boolean", "date", "age", "time"];

const NAME: ColumnDescriptor = Object.freeze<ColumnDescriptor>({
  name: "Name",
  type: "string",
  format: "name",
  description: "The name of the object, which is unique among its kind in a namespace.",
  priority: 0,
  cell: (object) => object.metadata.name ?? null,
});

const AGE: ColumnDescriptor = Object.freeze<ColumnDescriptor>({
  name: "Age",
  type: "date",
  format: "",
  description: "When the server created the object, in RFC 3339 form.",
  priority: 0,
  cell: (object) => object.metadata.creationTimestamp ?? null,
});

function compileColumn(column: ColumnOptions, schema: StructuralSchema, place: Place): ColumnDescriptor {
  const { name, type, format = "", description, priority = 0 } = column;
  if (typeof name !== "string" || name === "") throw place.mistake("a column needs a name", name);
  if (!TYPES.includes(type)) throw place.mistake(`unknown type of column ${name}`, type, TYPES);
  if (!Number.isInteger(priority) || priority < 0)
    throw place.mistake(`the priority of column ${name} is no count`, priority);
  const isPath = "jsonPath" in column;
  if (isPath) checkPath(column.jsonPath, schema, place.at("jsonPath"));
  else if (typeof column.value !== "function")
    throw place.mistake(`column ${name} needs a jsonPath or a value function`);
  const origin = isPath ? `Custom resource definition column (in JSONPath format): ${column.jsonPath}` : "";
  return Object.freeze<ColumnDescriptor>({
    name,
    type,
    format,
    description: description ?? origin,
    priority,
    cell: compileCell(column),
  });
}

/**
 * The columns of a class: Name first, then its own, Age last unless it declares one of that name; only its own without
 * `defaults`.
 */
export function compileColumns(
  owner: object,
  className: string,
  schema: StructuralSchema,
  defaults: boolean,
): readonly ColumnDescriptor[] {
  const place = new Place(className, "@Column");
  const own = columnRecords(owner).map((column) => compileColumn(column, schema, place));
  const names = new Set<string>();
  for (const { name } of own) {
    if (names.has(name)) throw place.mistake("two columns of one name", name);
    names.add(name);
  }
  const before = !defaults || names.has(NAME.name) ? [] : [NAME];
  const after = !defaults || names.has(AGE.name) ? [] : [AGE];
  return Object.freeze([...before, ...own, ...after]);
}
