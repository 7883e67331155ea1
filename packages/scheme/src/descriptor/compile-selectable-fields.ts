import type { JsonValue, KubeObject } from "@quarterdeck/meta";
import { selectableFieldRecords } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { compileJsonPath } from "../json-path/compile-json-path.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { checkPlainPath } from "./check-path.js";

const SELECTABLE: readonly (string | undefined)[] = ["string", "integer", "boolean"];

function text(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fieldReader(path: string): (object: KubeObject) => string {
  const read = compileJsonPath(path);
  return (object) => text(read(object)[0]);
}

/** Field-selector names of a class, such as `spec.image`, with how to read them; a missing field reads as "". */
export function compileSelectableFields(
  owner: object,
  className: string,
  schema: StructuralSchema,
): ReadonlyMap<string, (object: KubeObject) => string> {
  const place = new Place(className, "@SelectableField");
  const fields = new Map<string, (object: KubeObject) => string>();
  for (const { jsonPath: path, value } of selectableFieldRecords(owner)) {
    const target = checkPlainPath(path, schema, place);
    const name = path.slice(1);
    if (name.startsWith("metadata."))
      throw place.mistake("the name and the namespace are known anyway, other metadata cannot be", path);
    if (value === undefined && target !== undefined && !SELECTABLE.includes(target.type)) {
      throw place.mistake("a selectable field must be of type string, integer or boolean", path);
    }
    if (fields.has(name)) throw place.mistake("the field is declared twice", path);
    fields.set(name, value ?? fieldReader(path));
  }
  return fields;
}
