import type { FieldErrors } from "@quarterdeck/meta";
import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresources,
  JSONSchemaProps,
  SelectableField,
} from "../../types/apiextensions-v1.js";
import { FieldPathError, type FoundField, fieldAt } from "./field-at.js";

const COLUMN_TYPES: readonly string[] = ["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS: readonly string[] = [
  "byte",
  "date",
  "date-time",
  "double",
  "float",
  "int32",
  "int64",
  "password",
];
const SELECTABLE_TYPES: readonly (string | undefined)[] = ["string", "boolean", "integer"];
const MAX_SELECTABLE = 8;
const MAX_WARNING = 256;

function checkPath(text: string, path: string, errors: FieldErrors): boolean {
  if (text.startsWith(".")) return true;
  errors.invalid(path, text, "must be a simple json path starting with .");
  return false;
}

function checkPathUnder(
  text: string,
  parents: readonly string[],
  under: string,
  path: string,
  errors: FieldErrors,
): void {
  if (checkPath(text, path, errors) && !parents.some((parent) => text.startsWith(parent)))
    errors.invalid(path, text, `should be a json path under ${under}`);
}

/** Where the scale of an object is; upstream's `ValidateCustomResourceDefinitionSubresources`. */
export function checkSubresources({ scale }: CustomResourceSubresources, path: string, errors: FieldErrors): void {
  if (scale === undefined) return;
  const { specReplicasPath: spec, statusReplicasPath: status, labelSelectorPath: selector = "" } = scale;
  if (spec === "") errors.required(`${path}.scale.specReplicasPath`);
  else checkPathUnder(spec, [".spec."], ".spec", `${path}.scale.specReplicasPath`, errors);
  if (status === "") errors.required(`${path}.scale.statusReplicasPath`);
  else checkPathUnder(status, [".status."], ".status", `${path}.scale.statusReplicasPath`, errors);
  if (selector !== "")
    checkPathUnder(
      selector,
      [".spec.", ".status."],
      "either .spec or .status",
      `${path}.scale.labelSelectorPath`,
      errors,
    );
}

/** A column of tables; upstream's `ValidateCustomResourceColumnDefinition`. */
export function checkColumns(
  columns: readonly CustomResourceColumnDefinition[],
  path: string,
  errors: FieldErrors,
): void {
  for (const [index, { name, type, format = "", jsonPath }] of columns.entries()) {
    const at = `${path}[${index}]`;
    if (name === "") errors.required(`${at}.name`);
    const types = `must be one of ${COLUMN_TYPES.join(",")}`;
    if (type === "") errors.required(`${at}.type`, types);
    else if (!COLUMN_TYPES.includes(type)) errors.invalid(`${at}.type`, type, types);
    if (format !== "" && !COLUMN_FORMATS.includes(format))
      errors.invalid(`${at}.format`, format, `must be one of ${COLUMN_FORMATS.join(",")}`);
    if (jsonPath === "") errors.required(`${at}.JSONPath`);
    else checkPath(jsonPath, `${at}.JSONPath`, errors);
  }
}

function findField(
  jsonPath: string,
  schema: JSONSchemaProps,
  path: string,
  errors: FieldErrors,
): FoundField | undefined {
  try {
    return fieldAt(jsonPath, schema, false);
  } catch (error) {
    if (!(error instanceof FieldPathError)) throw error;
    errors.invalid(path, jsonPath, `is an invalid path: ${error.message}`);
    return undefined;
  }
}

/** Fields that lists are narrowed by; upstream's `ValidateCustomResourceSelectableFields`. */
export function checkSelectableFields(
  fields: readonly SelectableField[],
  schema: JSONSchemaProps,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  for (const [index, { jsonPath }] of fields.entries()) {
    const at = `${path}[${index}].jsonPath`;
    if (jsonPath === "") errors.required(at);
    const found = jsonPath === "" ? undefined : findField(jsonPath, schema, at, errors);
    if (found === undefined) continue;
    if (found.steps[0] === "metadata") errors.invalid(at, jsonPath, "must not point to fields in metadata");
    if (!SELECTABLE_TYPES.includes(found.schema.type))
      errors.invalid(
        at,
        jsonPath,
        "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.",
      );
    const key = found.steps.join(".");
    if (seen.has(key)) errors.duplicate(at, jsonPath);
    seen.add(key);
  }
  if (seen.size > MAX_SELECTABLE) errors.tooMany(path, seen.size, MAX_SELECTABLE);
}

/** The warning of a deprecated version; upstream's `validateDeprecationWarning`. */
export function checkDeprecation(
  deprecated: boolean,
  warning: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (warning === undefined) return;
  if (!deprecated) {
    errors.invalid(path, warning, "can only be set for deprecated versions");
    return;
  }
  if (Buffer.byteLength(warning) > MAX_WARNING) errors.invalid(path, warning, "must be <= 256 characters long");
  if (warning === "") errors.invalid(path, warning, "must not be an empty string");
  const hidden = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.exec(warning);
  if (hidden !== null)
    errors.invalid(
      path,
      warning,
      `must only contain printable UTF-8 characters; non-printable character found at index ${Buffer.byteLength(warning.slice(0, hidden.index))}`,
    );
}
